"""Students, their enrollments and who is asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.errors import InvalidSuid
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading
from knowledge.model.terms import Term


class Role(StrEnum):
    """Who a token speaks for. A rater judges masked conversations and may do nothing else."""

    ANONYMOUS = "anonymous"
    STUDENT = "student"
    RATER = "rater"
    ADMIN = "admin"
    SERVICE = "service"


class Status(StrEnum):
    """How a student stands in a section."""

    ENROLLED = "enrolled"
    WAITLISTED = "waitlisted"


def normalise_suid(text: str) -> str:
    """Eight digits, seven being padded with a zero; raise InvalidSuid otherwise."""
    digits = re.sub(r"[\s\-]", "", text)
    if not re.fullmatch(r"\d{7,8}", digits, re.ASCII):
        raise InvalidSuid(text)
    return digits.zfill(8)


@dataclass(frozen=True)
class Principal:
    """The verified subject of a request: a student's SUID, an admin's name or a service."""

    subject: str
    role: Role

    def may_act_for(self, suid: str) -> bool:
        """Whether this principal may read or change that student's record."""
        return self.role in (Role.ADMIN, Role.SERVICE) or (
            self.role is Role.STUDENT and self.subject == suid
        )


@dataclass(frozen=True)
class Student:
    """A (synthetic) student's record. `completed_all` marks every prerequisite as met.

    `groups` decide about enrollment windows and reserved seats: "undergraduate", "senior", "CS BS".
    """

    suid: str
    name: str
    programme: str
    completed: frozenset[CourseCode] = frozenset()
    completed_all: bool = False
    max_units: int = 20
    holds: tuple[str, ...] = ()
    window: tuple[date, date] | None = None
    groups: frozenset[str] = frozenset()
    version: int = 1


@dataclass(frozen=True)
class Enrollment:
    """One student in one section; `position` counts from 1 on the waitlist."""

    class_id: int
    code: CourseCode
    title: str
    term: Term
    units: int
    grading: Grading
    status: Status
    position: int | None = None
    linked_class_id: int | None = None


@dataclass(frozen=True)
class Withdrawal:
    """A course left after the drop deadline: it stays on the transcript with a W."""

    class_id: int
    code: CourseCode
    term: Term
    units: int
    on: date


class Decision(StrEnum):
    """How a petition stands."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"


@dataclass(frozen=True)
class Petition:
    """A student's request to carry more units in a term than the cap allows."""

    petition_id: int
    suid: str
    term: Term
    units: int
    decision: Decision


@dataclass(frozen=True)
class PermissionNumber:
    """A single-use number with which an instructor lifts named refusals for one section."""

    number: str
    class_id: int
    lifts: frozenset[str]
    suid: str | None = None
    expires: date | None = None
    used_by: str | None = None
