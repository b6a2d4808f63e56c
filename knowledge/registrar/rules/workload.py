"""Units, grading basis, and the hours of the week."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import (
    GradingNotOffered,
    PetitionPending,
    QuadError,
    TimeConflict,
    UnitLimitExceeded,
    UnitsNotOffered,
)
from knowledge.model.schedule import clash
from knowledge.model.students import Decision
from knowledge.registrar.rules.case import Case
from knowledge.registrar.rules.seats import linked_of

PETITION_ROOM = 4  # how many units beyond the cap a petition may ask for


def choices(case: Case) -> Iterator[QuadError]:
    """Units within the course's range, and a grading basis that it has."""
    course, wish = case.course, case.wish
    if wish.units is not None and not course.units_min <= wish.units <= course.units_max:
        yield UnitsNotOffered(case.code, wish.units, course.units_min, course.units_max)
    if wish.grading is not None and wish.grading not in course.gradings:
        yield GradingNotOffered(case.code, wish.grading.value)


def units(case: Case) -> Iterator[QuadError]:
    """The term's units, places on waitlists included, stay within the cap or the petition's."""
    current, wanted = current_units(case), case.wish.units_for(case.course)
    limit = case.unit_limit
    if current + wanted <= limit:
        return
    petition, most = case.petition, case.student.max_units + PETITION_ROOM
    pending = petition is not None and petition.decision is Decision.PENDING
    if petition is not None and pending and current + wanted <= petition.units:
        where = (case.dates.term.quarter.value, case.dates.term.year)
        yield PetitionPending(case.code, petition.units, limit, *where)
        return
    possible = petition is None and current + wanted <= most
    yield UnitLimitExceeded(case.code, wanted, current, limit, most if possible else 0)


def current_units(case: Case) -> int:
    """The units of everything else in that term."""
    return sum(taken.units for taken in case.same_term)


def conflicts(case: Case) -> Iterator[QuadError]:
    """No two things at the same time, the discussion or lab included."""
    linked = linked_of(case)
    hours = case.section.meetings + (linked.meetings if linked is not None else ())
    for taken in case.same_term:
        same_course = taken.course.course_id == case.course.course_id
        if not same_course and clash(hours, taken.meetings):
            other = (taken.section.class_id, str(taken.course.code))
            yield TimeConflict(case.section.class_id, case.code, *other)
