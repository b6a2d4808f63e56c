"""What can stand in the way of telling or erasing somebody's data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class NothingKept(QuadError):
    """No store knows anything about this number."""

    problem: ClassVar[str] = "nothing-kept"
    status: ClassVar[int] = 404
    suid: str


@dataclass(eq=False)
class StillEnrolled(QuadError):
    """The record cannot go while the student holds seats in these classes; nothing was changed."""

    problem: ClassVar[str] = "still-enrolled"
    status: ClassVar[int] = 409
    suid: str
    classes: tuple[int, ...]


@dataclass(eq=False)
class NotScrubbed(QuadError):
    """Everything is deleted, but a database was in use and its free pages may still hold it."""

    problem: ClassVar[str] = "not-scrubbed"
    status: ClassVar[int] = 503
    database: str
