"""Axess's request and response bodies."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.mocks.problems import Problem
from knowledge.model.courses import Grading
from knowledge.model.schedule import Meeting
from knowledge.model.students import Enrollment, Status, Student

ClassId = Annotated[int, Field(ge=1, le=2**31 - 1, description="Unique over all terms.")]


class EnrollmentRequest(BaseModel):
    """A wish for a section; units and grading default to what is usual for the course."""

    model_config = ConfigDict(extra="forbid")
    class_id: ClassId
    units: Annotated[int, Field(ge=0, le=30)] | None = None
    grading: Grading | None = None
    accept_waitlist: bool = False


class SwapRequest(BaseModel):
    """One section for another of the same term, as one act."""

    model_config = ConfigDict(extra="forbid")
    drop_class_id: ClassId
    add_class_id: ClassId
    units: Annotated[int, Field(ge=0, le=30)] | None = None
    grading: Grading | None = None
    accept_waitlist: bool = False


class EnrollmentBody(BaseModel):
    """One enrollment; `position` counts from 1 on the waitlist."""

    class_id: int
    code: str
    title: str
    quarter: str
    year: int
    units: int
    grading: Grading
    status: Status
    position: int | None = None
    section: str = ""
    meetings: list[str] = []

    @classmethod
    def of(
        cls, enrollment: Enrollment, number: str, meetings: tuple[Meeting, ...]
    ) -> EnrollmentBody:
        """The body of an enrollment with its section's number and meeting times."""
        return cls(
            class_id=enrollment.class_id,
            code=str(enrollment.code),
            title=enrollment.title,
            quarter=enrollment.term.quarter.value,
            year=enrollment.term.year,
            units=enrollment.units,
            grading=enrollment.grading,
            status=enrollment.status,
            position=enrollment.position,
            section=number,
            meetings=[meeting.text for meeting in meetings],
        )


class DroppedBody(BaseModel):
    """What was given up."""

    dropped: EnrollmentBody


class Window(BaseModel):
    """When this student may add sections, if not the term's own window."""

    opens: date
    closes: date


class StudentBody(BaseModel):
    """The parts of a record that decide what a student may enroll in."""

    suid: str
    name: str
    programme: str
    window: Window | None
    holds: list[str]
    max_units: int
    completed: list[str]
    completed_all: bool

    @classmethod
    def of(cls, student: Student) -> StudentBody:
        """The body of a record."""
        opens_closes = student.window
        return cls(
            suid=student.suid,
            name=student.name,
            programme=student.programme,
            window=Window(opens=opens_closes[0], closes=opens_closes[1]) if opens_closes else None,
            holds=list(student.holds),
            max_units=student.max_units,
            completed=sorted(str(code) for code in student.completed),
            completed_all=student.completed_all,
        )


class EligibilityBody(BaseModel):
    """Whether nothing stands against enrolling, and else everything that does."""

    eligible: bool
    problems: list[Problem]
