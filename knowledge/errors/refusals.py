"""What the registrar refuses, each with the facts a student needs to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class SectionFull(QuadError):
    """No seat is left; `waitlist_open` tells whether a place on the waitlist is."""

    problem: ClassVar[str] = "section-full"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    waitlist_open: bool
    waitlist_length: int


@dataclass(eq=False)
class SeatsReserved(QuadError):
    """Seats are left, but only for groups of students that this one is not in."""

    problem: ClassVar[str] = "seats-reserved"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    groups: list[str]
    until: str
    waitlist_open: bool
    waitlist_length: int


@dataclass(eq=False)
class SectionCancelled(QuadError):
    """The section will not be taught."""

    problem: ClassVar[str] = "section-cancelled"
    status: ClassVar[int] = 409
    class_id: int
    code: str


@dataclass(eq=False)
class TimeConflict(QuadError):
    """The meetings overlap with those of a section the student is in."""

    problem: ClassVar[str] = "time-conflict"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    other_class_id: int
    other_code: str


@dataclass(eq=False)
class PrerequisiteMissing(QuadError):
    """The prerequisites are not met; `missing` is their unmet part ("CS106B or CS106X")."""

    problem: ClassVar[str] = "prerequisite-missing"
    status: ClassVar[int] = 409
    code: str
    missing: str


@dataclass(eq=False)
class ConsentRequired(QuadError):
    """Only the instructor's consent can open this section to the student."""

    problem: ClassVar[str] = "consent-required"
    status: ClassVar[int] = 409
    code: str


@dataclass(eq=False)
class UnitLimitExceeded(QuadError):
    """The term's units would pass the student's cap."""

    problem: ClassVar[str] = "unit-limit-exceeded"
    status: ClassVar[int] = 409
    code: str
    units: int
    current: int
    limit: int
    petition_up_to: int  # the most units a petition can ask for; 0 when none is possible


@dataclass(eq=False)
class UnitsNotOffered(QuadError):
    """A number of units outside the course's range."""

    problem: ClassVar[str] = "units-not-offered"
    status: ClassVar[int] = 422
    code: str
    units: int
    units_min: int
    units_max: int


@dataclass(eq=False)
class GradingNotOffered(QuadError):
    """A grading basis the course does not have."""

    problem: ClassVar[str] = "grading-not-offered"
    status: ClassVar[int] = 422
    code: str
    grading: str


@dataclass(eq=False)
class EnrollmentHold(QuadError):
    """The student's record carries a hold."""

    problem: ClassVar[str] = "enrollment-hold"
    status: ClassVar[int] = 409
    hold: str


@dataclass(eq=False)
class WindowNotOpen(QuadError):
    """Enrollment for that term has not begun (for this student)."""

    problem: ClassVar[str] = "window-not-open"
    status: ClassVar[int] = 409
    quarter: str
    year: int
    opens: str


@dataclass(eq=False)
class WindowClosed(QuadError):
    """The add deadline of that term has passed."""

    problem: ClassVar[str] = "window-closed"
    status: ClassVar[int] = 409
    quarter: str
    year: int
    closed: str


@dataclass(eq=False)
class TermOver(QuadError):
    """The term itself has ended."""

    problem: ClassVar[str] = "term-over"
    status: ClassVar[int] = 409
    quarter: str
    year: int
    ended: str


@dataclass(eq=False)
class DropDeadlinePassed(QuadError):
    """The last day to drop has passed."""

    problem: ClassVar[str] = "drop-deadline-passed"
    status: ClassVar[int] = 409
    code: str
    deadline: str


@dataclass(eq=False)
class WithdrawalOnly(QuadError):
    """The last day to drop has passed: until `withdraw_by` leaving means a W on the transcript."""

    problem: ClassVar[str] = "withdrawal-only"
    status: ClassVar[int] = 409
    code: str
    deadline: str
    withdraw_by: str


@dataclass(eq=False)
class RepeatLimitReached(QuadError):
    """The course has been passed as often as it counts."""

    problem: ClassVar[str] = "repeat-limit-reached"
    status: ClassVar[int] = 409
    code: str
    times: int
    limit: int


@dataclass(eq=False)
class LinkedSectionNeeded(QuadError):
    """The lecture has discussion or lab sections and one of them must be chosen."""

    problem: ClassVar[str] = "linked-section-needed"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    choices: list[int]


@dataclass(eq=False)
class LinkedSectionInvalid(QuadError):
    """The chosen discussion or lab section does not belong to the lecture."""

    problem: ClassVar[str] = "linked-section-invalid"
    status: ClassVar[int] = 422
    class_id: int
    linked_class_id: int


@dataclass(eq=False)
class LectureNeeded(QuadError):
    """A discussion or lab section cannot be taken without its lecture."""

    problem: ClassVar[str] = "lecture-needed"
    status: ClassVar[int] = 422
    class_id: int
    code: str
    lecture_class_id: int


@dataclass(eq=False)
class PermissionInvalid(QuadError):
    """A permission number that is unknown, used, expired, or of another class or student."""

    problem: ClassVar[str] = "permission-number-invalid"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    reason: str


@dataclass(eq=False)
class PetitionPending(QuadError):
    """The petition for more units waits for an advisor's decision; nothing was enrolled."""

    problem: ClassVar[str] = "petition-pending"
    status: ClassVar[int] = 409
    code: str
    units: int
    limit: int
    quarter: str
    year: int


@dataclass(eq=False)
class ClassChoiceInvalid(QuadError):
    """A swap whose two sections are the same or of different terms."""

    problem: ClassVar[str] = "swap-not-possible"
    status: ClassVar[int] = 422
    drop_class_id: int
    add_class_id: int
