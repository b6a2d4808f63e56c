"""What stands against a course, a term or a section by itself, before any are put together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from knowledge.model.courses import Course
from knowledge.model.obstacles import (
    AlreadyIn,
    Clash,
    Completed,
    NeedsConsent,
    NoSeat,
    Obstacle,
    OnHold,
    Unwanted,
    UnwantedDay,
    UnwantedTime,
    WindowOver,
)
from knowledge.model.schedule import clash
from knowledge.model.terms import TermDates
from knowledge.registrar.planning.case import Bundle, PlanningCase


def against_course(course: Course, case: PlanningCase) -> Iterator[Obstacle]:
    """Facts against a course in any of the terms; one that repeats only does when it is wished."""
    code = str(course.code)
    wished = not case.wishes.include.isdisjoint(course.codes)
    again = course.repeatable and wished
    if not again and not case.student.completed.isdisjoint(course.codes):
        yield Completed(code)
    for taken in case.taken:
        if not again and taken.course.course_id == course.course_id:
            yield AlreadyIn(code, taken.section.term.quarter.value, taken.section.term.year)
    if not case.wishes.exclude.isdisjoint(course.codes):
        yield Unwanted(code)


def against_enrolling(course: Course, dates: TermDates, case: PlanningCase) -> Iterator[Obstacle]:
    """Facts that stop enrollment now; a plan may still be made, and says so."""
    code, term = str(course.code), dates.term
    yield from (OnHold(code, hold) for hold in case.student.holds[:1])
    closes = (case.student.window or dates.window_for(case.student.groups))[1]
    if case.today > closes:
        yield WindowOver(code, term.quarter.value, term.year, closes.isoformat())


def against_bundle(bundle: Bundle, case: PlanningCase) -> Iterator[Obstacle]:
    """Facts against one way of taking a course."""
    code, term = str(bundle.course.code), bundle.term
    where = (term.quarter.value, term.year)
    if not bundle.free and not case.wishes.waitlists:
        yield NoSeat(code, *where)
    if bundle.lecture.add_consent:
        yield NeedsConsent(code, *where)
    yield from _unwanted(bundle, case)
    for taken in case.taken_in(term):
        other = taken.course
        if other.course_id != bundle.course.course_id and clash(bundle.meetings, taken.meetings):
            yield Clash(code, str(other.code), *where)


def _unwanted(bundle: Bundle, case: PlanningCase) -> Iterator[Obstacle]:
    code, wishes = str(bundle.course.code), case.wishes
    where = (bundle.term.quarter.value, bundle.term.year)
    days = {day for meeting in bundle.meetings for day in meeting.days} & wishes.days_off
    yield from (UnwantedDay(code, day.full_name, *where) for day in sorted(days))
    early = wishes.earliest is not None and any(
        meeting.start < wishes.earliest for meeting in bundle.meetings
    )
    late = wishes.latest is not None and any(
        meeting.end > wishes.latest for meeting in bundle.meetings
    )
    if early or late:
        yield UnwantedTime(code, _told(wishes.earliest), _told(wishes.latest), *where)


def _told(at: time | None) -> str:
    return f"{at:%-H:%M}" if at is not None else ""
