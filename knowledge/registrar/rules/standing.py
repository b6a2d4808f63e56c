"""Whether the student may enroll now at all, and whether in this course once more."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import (
    AlreadyCompleted,
    AlreadyEnrolled,
    EnrollmentHold,
    QuadError,
    RepeatLimitReached,
    TermOver,
    WindowClosed,
    WindowNotOpen,
)
from knowledge.registrar.rules.case import Case, Taken


def window(case: Case) -> Iterator[QuadError]:
    """The term must not be over, and the student's own window (or group's, or all's) be open."""
    dates, term = case.dates, case.dates.term
    opens, closes = case.student.window or dates.window_for(case.student.groups)
    where = (term.quarter.value, term.year)
    if dates.is_over(case.today):
        yield TermOver(*where, dates.ends.isoformat())
    elif case.today < opens:
        yield WindowNotOpen(*where, opens.isoformat())
    elif case.today > closes:
        yield WindowClosed(*where, closes.isoformat())


def hold(case: Case) -> Iterator[QuadError]:
    """One hold is enough to stop everything; the first is named."""
    yield from (EnrollmentHold(text) for text in case.student.holds[:1])


def duplicate(case: Case) -> Iterator[QuadError]:
    """A course once a term under any of its codes, and only repeatable ones more than once."""
    same = [taken for taken in case.taken if taken.course.course_id == case.course.course_id]
    now = [taken for taken in same if taken.section.term == case.section.term]
    planned = now or ([] if case.course.repeatable else same)
    yield from (_already(case, taken) for taken in planned[:1])
    if not case.course.repeatable and case.student.completed & set(case.course.codes):
        yield AlreadyCompleted(case.code)
    yield from _repeats(case, planned=len(same) - len(now))


def _already(case: Case, taken: Taken) -> AlreadyEnrolled:
    term = taken.section.term
    where = (term.quarter.value, term.year)
    return AlreadyEnrolled(taken.section.class_id, case.code, taken.status.value, *where)


def _repeats(case: Case, planned: int) -> Iterator[QuadError]:
    limit, times = case.course.max_times, case.times_passed + planned
    if case.course.repeatable and limit is not None and times >= limit:
        yield RepeatLimitReached(case.code, times, limit)
