"""Axess's request and response bodies."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.mocks.problems import Problem
from knowledge.model.courses import Grading
from knowledge.model.schedule import Meeting
from knowledge.model.students import Enrollment, Petition, Status, Student, Withdrawal
from knowledge.registrar.rules import Wish

ClassId = Annotated[int, Field(ge=1, le=2**31 - 1, description="Unique over all terms.")]


class WishBody(BaseModel):
    """How a section is wanted; units and grading default to what is usual for the course."""

    model_config = ConfigDict(extra="forbid")
    units: Annotated[int, Field(ge=0, le=30)] | None = None
    grading: Grading | None = None
    accept_waitlist: bool = False
    linked_class_id: Annotated[
        ClassId | None, Field(description="The discussion or lab that goes with the lecture.")
    ] = None
    permission_number: Annotated[
        str | None, Field(pattern=r"^[0-9]{1,20}$", description="From the instructor; used once.")
    ] = None
    petition: Annotated[
        bool, Field(description="File a petition if the units pass the cap; answered with 202.")
    ] = False

    @property
    def wish(self) -> Wish:
        """The wish as the rules know it."""
        return Wish(
            self.units,
            self.grading,
            self.accept_waitlist,
            self.linked_class_id,
            self.permission_number,
            self.petition,
        )


class EnrollmentRequest(WishBody):
    """A wish for a section."""

    class_id: ClassId


class SwapRequest(WishBody):
    """One section for another of the same term (or one course moved to another), as one act."""

    drop_class_id: ClassId
    add_class_id: ClassId


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
    linked_class_id: int | None = None

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
            linked_class_id=enrollment.linked_class_id,
        )


class DroppedBody(BaseModel):
    """What was given up; `withdrawn` tells that it left a W on the transcript."""

    dropped: EnrollmentBody
    withdrawn: bool = False


class SwappedBody(EnrollmentBody):
    """What a swap took, and what it gave up."""

    dropped: EnrollmentBody | None = None


class ActBody(BaseModel):
    """What was done under a key: a class taken, one given up, or both."""

    key: str
    added: EnrollmentBody | None = None
    dropped: EnrollmentBody | None = None


class PetitionBody(BaseModel):
    """A petition for more units in a term than the cap allows; an advisor decides it."""

    petition_id: int
    quarter: str
    year: int
    units: int
    decision: str

    @classmethod
    def of(cls, petition: Petition) -> PetitionBody:
        """The body of a petition."""
        return cls(
            petition_id=petition.petition_id,
            quarter=petition.term.quarter.value,
            year=petition.term.year,
            units=petition.units,
            decision=petition.decision.value,
        )


class WithdrawalBody(BaseModel):
    """A course left after the drop deadline: a W on the transcript."""

    code: str
    quarter: str
    year: int
    units: int
    on: date

    @classmethod
    def of(cls, left: Withdrawal) -> WithdrawalBody:
        """The body of a withdrawal."""
        term = left.term
        return cls(
            code=str(left.code),
            quarter=term.quarter.value,
            year=term.year,
            units=left.units,
            on=left.on,
        )


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
    groups: list[str]
    withdrawals: list[WithdrawalBody]
    petitions: list[PetitionBody]

    @classmethod
    def of(
        cls, student: Student, withdrawals: list[Withdrawal], petitions: list[Petition]
    ) -> StudentBody:
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
            groups=sorted(student.groups),
            withdrawals=[WithdrawalBody.of(left) for left in withdrawals],
            petitions=[PetitionBody.of(each) for each in petitions],
        )


class EligibilityBody(BaseModel):
    """Whether nothing stands against enrolling, and else everything that does."""

    eligible: bool
    problems: list[Problem]
