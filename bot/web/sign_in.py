"""Tokens for the chat page: a visitor's, or a sample student's (the development sign-in).

Only the synthetic students marked for it can be signed in as; real deployments put the
university's single sign-on here. The page keeps the token and sends it with everything it does.
"""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from bot.identity import Gate
from knowledge.errors import NotPermitted
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


class SampleStudent(BaseModel):
    """A student whom the page offers."""

    suid: str
    name: str
    programme: str


class Entry(BaseModel):
    """What the page needs to begin: where the bot is, and whom one can sign in as."""

    bot_port: int
    students: list[SampleStudent]


class Wanted(BaseModel):
    """Whom to sign in as."""

    suid: str


class Token(BaseModel):
    """A signed token."""

    token: str
    name: str = ""


def router(settings: Settings, gate: Gate, units: UnitOfWork) -> APIRouter:
    """The sign-in routes."""
    routes = APIRouter()

    @routes.get("/session")
    def begin() -> Entry:
        """Where the bot listens, and the sample students."""
        with units.read() as work:
            students = work.students.all(sign_in_only=True)
        offered = [SampleStudent(suid=s.suid, name=s.name, programme=s.programme) for s in students]
        return Entry(bot_port=settings.bot_port, students=offered)

    @routes.post("/session/visitor")
    def visit() -> Token:
        """A visitor's token: may ask, may not act."""
        return Token(token=gate.visitor())

    @routes.post("/session/student")
    def sign_in(wanted: Wanted) -> Token:
        """A sample student's token."""
        with units.read() as work:
            offered = {s.suid: s for s in work.students.all(sign_in_only=True)}
        student = offered.get(wanted.suid)
        if student is None:
            raise NotPermitted
        token = gate.issue(Principal(student.suid, Role.STUDENT))
        return Token(token=token, name=student.name)

    return routes
