"""What the Axess client sends, and how it reads the answers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from knowledge import errors
from knowledge.clients.axess import AxessClient
from knowledge.clients.http import Retries, Service
from knowledge.clients.values import EnrollmentView
from knowledge.mocks.problems import document

SUID = "05990001"
ENROLLMENT: dict[str, Any] = {
    "class_id": 12345,
    "code": "CS106A",
    "title": "Programming Methodology",
    "quarter": "Winter",
    "year": 2019,
    "units": 5,
    "grading": "letter",
    "status": "enrolled",
}
VIEW = EnrollmentView(
    12345,
    "CS106A",
    "Programming Methodology",
    "Winter",
    2019,
    5,
    "letter",
    "enrolled",
    None,
    "",
    (),
)


class FakeAxess:
    """Keeps every request and answers each with the next of its answers, the last for ever."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[httpx.Response] = [httpx.Response(200, json=ENROLLMENT)]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        kept = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(kept.status_code, content=kept.content)

    def sent(self) -> tuple[str, str, Any]:
        """Method, path and body of the latest request."""
        latest = self.requests[-1]
        return latest.method, latest.url.path, json.loads(latest.content or b"null")


@pytest.fixture
def axess() -> FakeAxess:
    return FakeAxess()


@pytest.fixture
async def client(axess: FakeAxess) -> AsyncIterator[AxessClient]:
    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    tokens = iter(range(1, 100))
    async with httpx.AsyncClient(transport=httpx.MockTransport(axess)) as shared:
        service = Service("axess", "http://axess/axess", shared, Retries(sleep=at_once))
        yield AxessClient(service, lambda: f"token-{next(tokens)}")


async def test_enrolling(client: AxessClient, axess: FakeAxess) -> None:
    axess.answers = [
        httpx.Response(201, json={**ENROLLMENT, "status": "waitlisted", "position": 2})
    ]
    view = await client.enroll(SUID, 12345, "key-1", units=4, accept_waitlist=True)
    assert (view.status, view.position) == ("waitlisted", 2)
    method, path, body = axess.sent()
    assert (method, path) == ("POST", f"/axess/students/{SUID}/enrollments")
    assert body == {"class_id": 12345, "accept_waitlist": True, "units": 4, "grading": None}
    assert axess.requests[-1].headers["Idempotency-Key"] == "key-1"


async def test_dropping(client: AxessClient, axess: FakeAxess) -> None:
    axess.answers = [httpx.Response(200, json={"dropped": ENROLLMENT, "promoted": 1})]
    assert await client.drop(SUID, 12345, "key-2") == VIEW
    assert axess.sent()[:2] == ("DELETE", f"/axess/students/{SUID}/enrollments/12345")
    assert axess.requests[-1].headers["Idempotency-Key"] == "key-2"


async def test_swapping(client: AxessClient, axess: FakeAxess) -> None:
    assert await client.swap(SUID, 1, 2, "key-3", grading="credit") == VIEW
    method, path, body = axess.sent()
    assert (method, path) == ("POST", f"/axess/students/{SUID}/swaps")
    assert (body["drop_class_id"], body["add_class_id"], body["grading"]) == (1, 2, "credit")


async def test_reading_enrollments(client: AxessClient, axess: FakeAxess) -> None:
    more = {"section": "02", "meetings": ["Mon 10:30-11:20, Alder 101"]}
    axess.answers = [httpx.Response(200, json=[ENROLLMENT, {**ENROLLMENT, **more}])]
    first, second = await client.enrollments(SUID)
    assert first == VIEW
    assert (second.section, second.meetings) == ("02", ("Mon 10:30-11:20, Alder 101",))
    assert "Idempotency-Key" not in axess.requests[-1].headers


async def test_reading_the_record(client: AxessClient, axess: FakeAxess) -> None:
    axess.answers = [httpx.Response(200, json={"suid": SUID, "max_units": 20})]
    assert (await client.student(SUID))["max_units"] == 20
    assert axess.sent()[:2] == ("GET", f"/axess/students/{SUID}")


async def test_every_reason_against_a_section_is_a_fact(
    client: AxessClient, axess: FakeAxess
) -> None:
    facts = [
        errors.EnrollmentHold("Unpaid library fee"),
        errors.TimeConflict(1, "CS230", 2, "CS106A"),
    ]
    foreign = {"type": "https://elsewhere.example/problems/moon-phase", "title": "?"}
    axess.answers = [
        httpx.Response(200, json={"eligible": False, "problems": [*map(document, facts), foreign]})
    ]
    hold, conflict, unknown = await client.eligibility(SUID, 12345)
    assert (hold.data(), conflict.data()) == (facts[0].data(), facts[1].data())
    assert isinstance(unknown, errors.ServiceMisbehaved)
    assert axess.requests[-1].url.params["class_id"] == "12345"


async def test_no_reason_means_eligible(client: AxessClient, axess: FakeAxess) -> None:
    axess.answers = [httpx.Response(200, json={"eligible": True, "problems": []})]
    assert await client.eligibility(SUID, 12345) == []


async def test_a_refusal_is_raised_and_not_repeated(client: AxessClient, axess: FakeAxess) -> None:
    refusal = errors.SectionFull(12345, "CS106A", True, 4)
    axess.answers = [httpx.Response(409, json=document(refusal))]
    with pytest.raises(errors.SectionFull) as told:
        await client.enroll(SUID, 12345, "key-4")
    assert told.value.data() == refusal.data()
    assert len(axess.requests) == 1


async def test_a_try_again_carries_the_same_key_and_body(
    client: AxessClient, axess: FakeAxess
) -> None:
    axess.answers = [httpx.Response(503), httpx.Response(503), httpx.Response(201, json=ENROLLMENT)]
    assert await client.enroll(SUID, 12345, "key-5") == VIEW
    assert len({request.content for request in axess.requests}) == 1
    assert [r.headers["Idempotency-Key"] for r in axess.requests] == ["key-5"] * 3


async def test_each_call_asks_for_a_token(client: AxessClient, axess: FakeAxess) -> None:
    await client.student(SUID)
    await client.student(SUID)
    sent = [request.headers["Authorization"] for request in axess.requests]
    assert sent == ["Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(401, errors.NotSignedIn("expired")), (403, errors.NotPermitted())],
)
async def test_who_may_not_is_told_so(
    client: AxessClient, axess: FakeAxess, status: int, refusal: errors.QuadError
) -> None:
    axess.answers = [httpx.Response(status, json=document(refusal))]
    with pytest.raises(type(refusal)):
        await client.enrollments(SUID)
