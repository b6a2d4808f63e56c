"""What is not there, or is there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class UnknownStudent(QuadError):
    """No student of that number."""

    problem: ClassVar[str] = "unknown-student"
    status: ClassVar[int] = 404
    suid: str


@dataclass(eq=False)
class UnknownSection(QuadError):
    """No section of that class id."""

    problem: ClassVar[str] = "unknown-section"
    status: ClassVar[int] = 404
    class_id: int


@dataclass(eq=False)
class UnknownCourse(QuadError):
    """No course of that code."""

    problem: ClassVar[str] = "unknown-course"
    status: ClassVar[int] = 404
    code: str


@dataclass(eq=False)
class UnknownPetition(QuadError):
    """No petition of that number."""

    problem: ClassVar[str] = "unknown-petition"
    status: ClassVar[int] = 404
    petition_id: int


@dataclass(eq=False)
class NotEnrolled(QuadError):
    """A drop or swap of a section the student is not in."""

    problem: ClassVar[str] = "not-enrolled"
    status: ClassVar[int] = 404
    class_id: int
    code: str


@dataclass(eq=False)
class AlreadyEnrolled(QuadError):
    """The student is already in this course or a cross-listing, then or in another open term."""

    problem: ClassVar[str] = "already-enrolled"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    enrollment_status: str
    quarter: str
    year: int


@dataclass(eq=False)
class AlreadyCompleted(QuadError):
    """The student has passed this course and it is not repeatable."""

    problem: ClassVar[str] = "already-completed"
    status: ClassVar[int] = 409
    code: str
