"""Axess over real HTTP: the contract's paths, tokens, problems and Idempotency-Key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import httpx
import pytest

from knowledge import tokens
from knowledge.mocks.axess import create_axess
from knowledge.model.students import Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret of the tests that is long enough for HS256"
SUID, OTHER = "05960001", "05960002"
TODAY = date(2018, 11, 15)


def token(subject: str, role: Role = Role.STUDENT, minutes: int = 120) -> dict[str, str]:
    signed = tokens.issue(Principal(subject, role), SECRET, timedelta(minutes=minutes))
    return {"Authorization": f"Bearer {signed}"}


@pytest.fixture
def axess(units: UnitOfWork, serve) -> httpx.Client:
    with units.write() as work:
        for suid in (SUID, OTHER):
            student = Student(suid, "A", "Undeclared", completed_all=suid == SUID)
            Administration(work, TODAY, "test").put_student(student)
    address = serve(create_axess(units, lambda t: tokens.verify(t, SECRET), lambda: TODAY))
    with httpx.Client(base_url=address, headers=token(SUID)) as client:
        yield client


@pytest.fixture
def class_id(units: UnitOfWork) -> dict[str, int]:
    with units.read() as work:
        return {
            f"{section.code} {section.term}": section.class_id
            for code in ("CS106A", "CS106B", "CS229", "CS230")
            for section in work.catalogue.sections(work.catalogue.course(code).course_id)
        }


def _enroll(axess: httpx.Client, class_id: int, key: str = "k", suid: str = SUID, **more: object):
    return axess.post(
        f"/students/{suid}/enrollments",
        json={"class_id": class_id, **more},
        headers={"Idempotency-Key": key},
    )


def test_enroll_list_and_drop(axess: httpx.Client, class_id: dict[str, int]) -> None:
    wanted = class_id["CS106A Winter 2019"]
    assert _enroll(axess, wanted).status_code == 201
    (held,) = axess.get(f"/students/{SUID}/enrollments").json()
    assert {k: held[k] for k in ("class_id", "code", "quarter", "year", "units", "status")} == {
        "class_id": wanted,
        "code": "CS106A",
        "quarter": "Winter",
        "year": 2019,
        "units": 5,
        "status": "enrolled",
    }
    assert axess.delete(f"/students/{SUID}/enrollments/{wanted}").status_code == 200
    assert axess.get(f"/students/{SUID}/enrollments").json() == []


def test_a_seven_digit_number_is_the_same_student(axess: httpx.Client) -> None:
    assert axess.get(f"/students/{SUID[1:]}").json()["suid"] == SUID


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer nonsense"}, 401),
        (token(SUID, minutes=-1), 401),
        (token(OTHER), 403),
        (token("", Role.ANONYMOUS), 403),
        (token("ada", Role.ADMIN), 200),
        (token("actions", Role.SERVICE), 200),
    ],
)
def test_who_may_read_a_record(axess: httpx.Client, headers: dict, status: int) -> None:
    answer = axess.get(f"/students/{SUID}", headers=headers)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_stranger_cannot_tell_who_exists(axess: httpx.Client) -> None:
    real = axess.get(f"/students/{OTHER}")
    invented = axess.get("/students/09999999")
    assert (real.status_code, real.json()) == (invented.status_code, invented.json())


def test_the_same_key_acts_once_and_answers_the_same(
    axess: httpx.Client, class_id: dict[str, int]
) -> None:
    wanted = class_id["CS106A Winter 2019"]
    first, again = _enroll(axess, wanted), _enroll(axess, wanted)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = _enroll(axess, class_id["CS106B Winter 2019"])
    assert other.status_code == 409
    assert other.json()["type"].endswith("/idempotency-key-reused")


def test_a_refusal_is_kept_under_its_key_too(axess: httpx.Client, class_id: dict[str, int]) -> None:
    closed = class_id["CS106A Autumn 2018"]
    first, again = _enroll(axess, closed), _enroll(axess, closed)
    assert first.status_code == again.status_code == 409
    assert first.json() == again.json()
    assert first.json()["type"].endswith("/window-closed")


def test_the_same_key_at_the_same_time_acts_once(
    axess: httpx.Client, class_id: dict[str, int]
) -> None:
    wanted = class_id["CS106A Winter 2019"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _enroll(axess, wanted), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len(axess.get(f"/students/{SUID}/enrollments").json()) == 1


def test_a_key_is_required(axess: httpx.Client, class_id: dict[str, int]) -> None:
    body = {"class_id": class_id["CS106A Winter 2019"]}
    answer = axess.post(f"/students/{SUID}/enrollments", json=body)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (
        400,
        "idempotency-key-missing",
    )


@pytest.mark.parametrize(
    "body",
    [{}, {"class_id": "x"}, {"class_id": 1, "surprise": 2}, {"class_id": 1, "units": -1}, []],
)
def test_a_malformed_request_is_a_problem(axess: httpx.Client, body: object) -> None:
    answer = axess.post(
        f"/students/{SUID}/enrollments", json=body, headers={"Idempotency-Key": "m"}
    )
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/invalid-request")


def test_a_swap_is_one_act(axess: httpx.Client, class_id: dict[str, int]) -> None:
    old, new = class_id["CS106A Winter 2019"], class_id["CS106B Winter 2019"]
    _enroll(axess, old)
    body = {"drop_class_id": old, "add_class_id": new}
    answer = axess.post(f"/students/{SUID}/swaps", json=body, headers={"Idempotency-Key": "s"})
    assert answer.status_code == 201
    assert [e["class_id"] for e in axess.get(f"/students/{SUID}/enrollments").json()] == [new]


def test_eligibility_gives_every_reason(axess: httpx.Client, class_id: dict[str, int]) -> None:
    params = {"class_id": class_id["CS229 Autumn 2018"]}
    answer = axess.get(f"/students/{OTHER}/eligibility", params=params, headers=token(OTHER)).json()
    slugs = [problem["type"].rpartition("/")[2] for problem in answer["problems"]]
    assert slugs == ["window-closed", "prerequisite-missing"]


def test_an_unknown_section_is_a_problem(axess: httpx.Client) -> None:
    answer = _enroll(axess, 999_999)
    assert (answer.status_code, answer.json()["class_id"]) == (404, 999_999)
