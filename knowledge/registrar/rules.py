"""The enrollment rules: pure functions over model values that raise the first fact against.

`problems` yields every reason in the order in which a registrar would give them; `judge` raises the
first. Seats come last: a full section is worth a waitlist offer only if everything else is fine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.errors import (
    AlreadyCompleted,
    AlreadyEnrolled,
    ConsentRequired,
    DropDeadlinePassed,
    EnrollmentHold,
    GradingNotOffered,
    PrerequisiteMissing,
    QuadError,
    SectionFull,
    TermOver,
    TimeConflict,
    UnitLimitExceeded,
    UnitsNotOffered,
    WindowClosed,
    WindowNotOpen,
)
from knowledge.model.courses import Course, Grading, Section
from knowledge.model.prerequisites import Consent, Record, missing
from knowledge.model.schedule import clash
from knowledge.model.students import Status, Student
from knowledge.model.terms import TermDates


@dataclass(frozen=True)
class Taken:
    """A section the student is in or waits for, with its course."""

    section: Section
    course: Course
    status: Status
    units: int


@dataclass(frozen=True)
class Wish:
    """What a student asks for; None means the course's usual units and first grading basis."""

    units: int | None = None
    grading: Grading | None = None
    accept_waitlist: bool = False

    def units_for(self, course: Course) -> int:
        """The units asked for, or the usual ones."""
        return course.usual_units if self.units is None else self.units

    def grading_for(self, course: Course) -> Grading:
        """The basis asked for, or the course's first."""
        return course.gradings[0] if self.grading is None else self.grading


@dataclass(frozen=True)
class Case:
    """Everything a judgement needs: who, what, when, and what else the student takes."""

    student: Student
    section: Section
    course: Course
    dates: TermDates
    taken: tuple[Taken, ...]
    today: date
    wish: Wish = Wish()

    @property
    def same_term(self) -> tuple[Taken, ...]:
        """What the student takes in the term of the wanted section."""
        return tuple(t for t in self.taken if t.section.term == self.section.term)

    @property
    def code(self) -> str:
        """The home code of the wanted course."""
        return str(self.course.code)


def judge(case: Case) -> Status:
    """ENROLLED or (accepted) WAITLISTED; raise the first fact against it."""
    for problem in problems(case):
        raise problem
    if case.section.seats_left > 0 and case.section.waitlisted == 0:
        return Status.ENROLLED
    if case.wish.accept_waitlist:
        return Status.WAITLISTED
    raise _full(case)


def problems(case: Case) -> Iterator[QuadError]:
    """Every fact against this wish, but for seats that could be waited for."""
    yield from _window(case)
    yield from (EnrollmentHold(hold) for hold in case.student.holds[:1])
    yield from _duplicate(case)
    yield from _prerequisites(case)
    yield from _choices(case)
    yield from _units(case)
    yield from _conflicts(case)
    if case.section.seats_left == 0 and case.section.waitlisted >= case.section.waitlist_capacity:
        yield _full(case)


def _window(case: Case) -> Iterator[QuadError]:
    dates, term = case.dates, case.dates.term
    opens, closes = case.student.window or (dates.enroll_opens, dates.enroll_closes)
    where = (term.quarter.value, term.year)
    if dates.is_over(case.today):
        yield TermOver(*where, dates.ends.isoformat())
    elif case.today < opens:
        yield WindowNotOpen(*where, opens.isoformat())
    elif case.today > closes:
        yield WindowClosed(*where, closes.isoformat())


def _duplicate(case: Case) -> Iterator[QuadError]:
    for taken in case.same_term:
        if taken.course.course_id == case.course.course_id:
            yield AlreadyEnrolled(taken.section.class_id, case.code, taken.status.value)
    done = case.student.completed & set(case.course.codes)
    if done and not case.course.repeatable:
        yield AlreadyCompleted(case.code)


def _prerequisites(case: Case) -> Iterator[QuadError]:
    tree = case.course.prerequisites
    if tree is None or case.student.completed_all:
        return
    unmet = missing(tree, record_of(case))
    if isinstance(unmet, Consent):
        yield ConsentRequired(case.code)
    elif unmet is not None:
        yield PrerequisiteMissing(case.code, str(unmet))


def record_of(case: Case) -> Record:
    """What counts towards prerequisites; a course in progress in an earlier term does."""
    term = case.section.term
    earlier = {c for t in case.taken if t.section.term < term for c in t.course.codes}
    same = {c for t in case.same_term for c in t.course.codes}
    return Record(case.student.completed, frozenset(earlier), frozenset(same))


def _choices(case: Case) -> Iterator[QuadError]:
    course, wish = case.course, case.wish
    if wish.units is not None and not course.units_min <= wish.units <= course.units_max:
        yield UnitsNotOffered(case.code, wish.units, course.units_min, course.units_max)
    if wish.grading is not None and wish.grading not in course.gradings:
        yield GradingNotOffered(case.code, wish.grading.value)


def _units(case: Case) -> Iterator[QuadError]:
    current = sum(taken.units for taken in case.same_term)
    units, limit = case.wish.units_for(case.course), case.student.max_units
    if current + units > limit:
        yield UnitLimitExceeded(case.code, units, current, limit)


def _conflicts(case: Case) -> Iterator[QuadError]:
    for taken in case.same_term:
        same_course = taken.course.course_id == case.course.course_id
        if not same_course and clash(case.section.meetings, taken.section.meetings):
            other = (taken.section.class_id, str(taken.course.code))
            yield TimeConflict(case.section.class_id, case.code, *other)


def _full(case: Case) -> SectionFull:
    section = case.section
    open_places = section.waitlisted < section.waitlist_capacity
    return SectionFull(section.class_id, case.code, open_places, section.waitlisted)


def judge_drop(taken: Taken, dates: TermDates, today: date) -> None:
    """Raise TermOver or DropDeadlinePassed; a place on a waitlist can be given up until the end."""
    if dates.is_over(today):
        raise TermOver(dates.term.quarter.value, dates.term.year, dates.ends.isoformat())
    if taken.status is Status.ENROLLED and today > dates.drop_by:
        raise DropDeadlinePassed(str(taken.course.code), dates.drop_by.isoformat())
