"""The one error root of the business and its leaves, named by fact and carrying data.

Every leaf has a stable `problem` slug: Axess sends it as the RFC 9457 `type`, the clients turn it
back into the same class, and `bot/domain` holds one sentence for each. No user text lives here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, ClassVar


class QuadError(Exception):
    """Root of everything the business can refuse or fail at."""

    problem: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def data(self) -> dict[str, Any]:
        """The facts of this error as plain values, for problem documents."""
        return asdict(self) if is_dataclass(self) else {}

    def __str__(self) -> str:
        return f"{self.problem}: {self.data()}"


@dataclass(eq=False)
class InvalidCode(QuadError):
    """A text that is not a course code."""

    problem: ClassVar[str] = "invalid-code"
    status: ClassVar[int] = 422
    text: str


@dataclass(eq=False)
class InvalidSuid(QuadError):
    """A text that is not a seven- or eight-digit student number."""

    problem: ClassVar[str] = "invalid-suid"
    status: ClassVar[int] = 422
    text: str


@dataclass(eq=False)
class InvalidPrerequisite(QuadError):
    """A prerequisite expression that does not parse; raised at import time."""

    problem: ClassVar[str] = "invalid-prerequisite"
    status: ClassVar[int] = 422
    text: str
    position: int


@dataclass(eq=False)
class InvalidSetting(QuadError):
    """An environment variable with a value of the wrong kind; raised at start."""

    problem: ClassVar[str] = "invalid-setting"
    key: str
    value: str


@dataclass(eq=False)
class NotSignedIn(QuadError):
    """No token, or one that is forged or expired."""

    problem: ClassVar[str] = "not-signed-in"
    status: ClassVar[int] = 401
    reason: str = "missing"


@dataclass(eq=False)
class NotPermitted(QuadError):
    """A valid token that does not allow this act on this student."""

    problem: ClassVar[str] = "not-permitted"
    status: ClassVar[int] = 403


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
class NotEnrolled(QuadError):
    """A drop or swap of a section the student is not in."""

    problem: ClassVar[str] = "not-enrolled"
    status: ClassVar[int] = 404
    class_id: int
    code: str


@dataclass(eq=False)
class AlreadyEnrolled(QuadError):
    """The student is already in this course (or a cross-listing) in that term."""

    problem: ClassVar[str] = "already-enrolled"
    status: ClassVar[int] = 409
    class_id: int
    code: str
    enrollment_status: str


@dataclass(eq=False)
class AlreadyCompleted(QuadError):
    """The student has passed this course and it is not repeatable."""

    problem: ClassVar[str] = "already-completed"
    status: ClassVar[int] = 409
    code: str


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
class KeyReused(QuadError):
    """An Idempotency-Key came back with another request."""

    problem: ClassVar[str] = "idempotency-key-reused"
    status: ClassVar[int] = 409
    key: str


@dataclass(eq=False)
class KeyMissing(QuadError):
    """An enrollment request without an Idempotency-Key."""

    problem: ClassVar[str] = "idempotency-key-missing"
    status: ClassVar[int] = 400


@dataclass(eq=False)
class ServiceUnavailable(QuadError):
    """Axess or ExploreCourses could not be reached, after bounded retries."""

    problem: ClassVar[str] = "service-unavailable"
    status: ClassVar[int] = 503
    service: str


@dataclass(eq=False)
class ServiceMisbehaved(QuadError):
    """A service answered with something the client cannot read."""

    problem: ClassVar[str] = "service-misbehaved"
    status: ClassVar[int] = 502
    service: str
    detail: str


@dataclass(eq=False)
class ClassChoiceInvalid(QuadError):
    """A swap whose two sections are the same or of different terms."""

    problem: ClassVar[str] = "swap-not-possible"
    status: ClassVar[int] = 422
    drop_class_id: int
    add_class_id: int


def by_problem(slug: str) -> type[QuadError] | None:
    """The class of a problem slug, or None when it is foreign."""
    return next((cls for cls in QuadError.__subclasses__() if cls.problem == slug), None)
