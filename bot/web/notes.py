"""`GET` and `PUT /notes`: whether a student wants to be told things unasked.

A student's own token speaks for itself; the action server's names the student.
"""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel, ConfigDict

from bot.identity import Gate
from bot.notes.preferring import Preferences
from bot.storage.database import DoorDatabase
from knowledge.errors import NotPermitted
from knowledge.model.students import Role, normalise_suid


class Wanted(BaseModel):
    """Whether notes are wanted."""

    model_config = ConfigDict(extra="forbid", strict=True)
    wanted: bool


def router(gate: Gate, database: DoorDatabase) -> APIRouter:
    """The two routes."""
    routes = APIRouter()
    preferences = Preferences(database)
    Authorization = Annotated[str | None, Header()]  # noqa: N806 - a type
    Subject = Annotated[str | None, Query(max_length=20)]  # noqa: N806 - a type

    def whose(authorization: str | None, subject: str | None) -> str:
        principal = gate.admit(authorization)
        if principal.role is Role.STUDENT and subject in (None, principal.subject):
            return principal.subject
        if principal.role is not Role.SERVICE or subject is None:
            raise NotPermitted
        return normalise_suid(subject)

    @routes.get("/notes")
    def wanted(authorization: Authorization = None, subject: Subject = None) -> Wanted:
        """Whether the student gets notes."""
        return Wanted(wanted=preferences.seen(whose(authorization, subject)).wants_notes)

    @routes.put("/notes")
    def want(body: Wanted, authorization: Authorization = None, subject: Subject = None) -> Wanted:
        """Turn notes on or off."""
        preferences.want(whose(authorization, subject), body.wanted)
        return body

    return routes
