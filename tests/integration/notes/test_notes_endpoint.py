"""`/notes` on the site: each student's own, by token; the action server's names the student."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.identity import ANONYMOUS, Gate
from bot.storage.database import DoorDatabase
from bot.web import notes
from knowledge.mocks import problems
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

SUID, OTHER = "05910011", "05910012"
GATE = Gate("a secret for the tests alone, longer than thirty-two bytes")


@pytest.fixture
def site(units: UnitOfWork, serve: Callable[[Any], str]) -> str:
    app = FastAPI()
    problems.install(app)
    app.include_router(notes.router(GATE, DoorDatabase(units)))
    return serve(app)


def _call(site: str, principal: Principal | None, method: str = "GET", **more: Any):
    headers = {} if principal is None else {"Authorization": f"Bearer {GATE.issue(principal)}"}
    return httpx.request(method, f"{site}/notes", headers=headers, **more)


def test_off_and_on_again(site: str) -> None:
    student = Principal(SUID, Role.STUDENT)
    assert _call(site, student).json() == {"wanted": True}
    for _ in range(2):  # saying it twice changes nothing
        assert _call(site, student, "PUT", json={"wanted": False}).json() == {"wanted": False}
    assert _call(site, student).json() == {"wanted": False}
    assert _call(site, Principal(OTHER, Role.STUDENT)).json() == {"wanted": True}
    assert _call(site, student, "PUT", json={"wanted": True}).status_code == 200
    assert _call(site, student).json() == {"wanted": True}


def test_the_action_server_speaks_for_a_student(site: str) -> None:
    service = Principal("actions", Role.SERVICE)
    named = {"params": {"subject": SUID[1:]}}  # seven digits are padded
    assert _call(site, service, "PUT", json={"wanted": False}, **named).json() == {"wanted": False}
    assert _call(site, Principal(SUID, Role.STUDENT)).json() == {"wanted": False}
    assert _call(site, service).status_code == 403
    assert _call(site, service, params={"subject": "nobody"}).status_code == 422


@pytest.mark.parametrize(
    "principal",
    [None, ANONYMOUS, Principal("a1", Role.ADMIN), Principal(OTHER, Role.STUDENT)],
    ids=["nobody", "visitor", "admin", "another student"],
)
def test_nobody_else_may(site: str, principal: Principal | None) -> None:
    for method, more in (("GET", {}), ("PUT", {"json": {"wanted": False}})):
        answer = _call(site, principal, method, params={"subject": SUID}, **more)
        assert answer.status_code in (401, 403)
    assert _call(site, Principal(SUID, Role.STUDENT)).json() == {"wanted": True}


@pytest.mark.parametrize("body", [{}, {"wanted": "no"}, {"wanted": 0}, {"wanted": True, "x": 1}, 3])
def test_what_is_no_wish_is_refused(site: str, body: Any) -> None:
    assert _call(site, Principal(SUID, Role.STUDENT), "PUT", json=body).status_code == 422
