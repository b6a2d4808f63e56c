"""The objective once more, by trying every way in which planned courses can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from knowledge.model.courses import Course, Level
from knowledge.model.programmes import Listed, UnitsIn
from knowledge.registrar.planning.candidates import candidates, standings
from knowledge.registrar.planning.case import Bundle, PlanningCase
from knowledge.registrar.planning.progress import Standing


def points(planning: PlanningCase, chosen: list[Bundle]) -> tuple[int, int]:
    """The points of a choice: those for the degree, then those of the week."""
    degree = _progress(planning, chosen) + _sequence(planning, chosen)
    degree -= sum(planning.weights.waiting for bundle in chosen if not bundle.free)
    for dates in planning.terms:
        units = planning.units_in(dates.term)
        units += sum(b.course.usual_units for b in chosen if b.term == dates.term)
        degree -= _load(planning, units, planning.limit(dates.term))
    return degree, sum(_week(planning, chosen, dates.term) for dates in planning.terms)


def _load(planning: PlanningCase, units: int, limit: int) -> int:
    weights, wishes = planning.weights, planning.wishes
    target, minimum = min(wishes.target, limit), min(wishes.minimum, limit)
    over, under = max(0, units - target), max(0, target - units)
    missing = max(0, minimum - units)
    against = weights.over_target * over + weights.under_target * under
    return against + weights.under_minimum * missing


def _progress(planning: PlanningCase, chosen: list[Bundle]) -> int:
    open_ones = [s for s in standings(planning) if s.remains]
    known = {candidate.course.course_id for candidate in candidates(planning)}
    courses = [bundle.course for bundle in chosen if bundle.course.course_id in known]
    major = [s for s in open_ones if not s.requirement.overlaps]
    general = sum(
        planning.weights.general_course
        * min(s.remains, sum(s.requirement.rule.accepts(c) for c in courses))
        for s in open_ones
        if s.requirement.overlaps
    )
    return general + max(_counted(planning, major, given) for given in _assignments(courses, major))


def _assignments(
    courses: list[Course], major: list[Standing]
) -> Iterator[list[tuple[Course, Standing | None]]]:
    ways = [[None, *(s for s in major if s.requirement.rule.accepts(c))] for c in courses]
    for given in product(*ways):
        yield list(zip(courses, given, strict=True))


def _counted(
    planning: PlanningCase, major: list[Standing], given: list[tuple[Course, Standing | None]]
) -> int:
    weights, total = planning.weights, 0
    for standing in major:
        rule, held = standing.requirement.rule, [c for c, s in given if s is standing]
        if isinstance(rule, UnitsIn):
            units = sum(course.usual_units for course in held)
            total += weights.elective_unit * min(units, standing.remains)
            total -= weights.other_career * sum(c.level is not Level.UNDERGRADUATE for c in held)
        elif len(held) > standing.remains:
            return -10_000
        else:
            assert isinstance(rule, Listed)
            by_choice = rule.count < len(rule.codes)
            unit = weights.listed_unit if by_choice else weights.required_unit
            total += sum(unit * course.usual_units for course in held)
    return total


def _sequence(planning: PlanningCase, chosen: list[Bundle]) -> int:
    found = {candidate.course.course_id: candidate for candidate in candidates(planning)}
    weights, total = planning.weights, 0
    terms = [dates.term for dates in planning.terms]
    for bundle in chosen:
        candidate = found.get(bundle.course.course_id)
        if candidate is None or not candidate.leads_to:
            continue
        left = len(terms) - terms.index(bundle.term)
        total += weights.unlocks * candidate.unlocks * left
        if not candidate.serves_major:
            total += weights.leading_unit * bundle.course.usual_units
    return total


def _week(planning: PlanningCase, chosen: list[Bundle], term: object) -> int:
    weights, total = planning.weights, 0
    meetings = [m for taken in planning.taken_in(term) for m in taken.meetings]
    for bundle in (b for b in chosen if b.term == term):
        for meeting in bundle.meetings:
            meetings.append(meeting)
            total -= weights.early * len(meeting.days) * (meeting.start.hour < 10)
            late = (meeting.end.hour, meeting.end.minute) > (18, 0)
            total -= weights.late * len(meeting.days) * late
    for day in {day for meeting in meetings for day in meeting.days}:
        spans = [
            (m.start.hour * 60 + m.start.minute, m.end.hour * 60 + m.end.minute)
            for m in meetings
            if day in m.days
        ]
        waits = max(e for _, e in spans) - min(s for s, _ in spans) - sum(e - s for s, e in spans)
        total -= weights.day + weights.gap_half_hour * -(-max(0, waits) // 30)
    return total
