"""What a plan is measured by, as one linear expression of points over the frame's variables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from knowledge.model.courses import Level
from knowledge.model.programmes import Carrying, Listed, UnitsIn
from knowledge.model.schedule import Day, minutes
from knowledge.model.terms import Term
from knowledge.registrar.planning.candidates import Candidate
from knowledge.registrar.planning.case import Weights
from knowledge.registrar.planning.constraints import Frame
from knowledge.registrar.planning.progress import Standing

EARLY, LATE = time(10), time(18)
_DAY_MINUTES, _HALF_HOUR = 24 * 60, 30
Counted = tuple[Candidate, Any]  # a course, and the literal by which it counts


@dataclass
class Points:
    """Terms of the objective, gathered part by part."""

    frame: Frame
    terms: list[Any] = field(default_factory=list)

    def add(self, points: int, expression: Any) -> None:
        """Count an expression so many points; those against a plan are negative."""
        self.terms.append(points * expression)


def towards_degree(frame: Frame, found: tuple[Candidate, ...]) -> Any:
    """Progress, what it leads to, and the load: the points that come first."""
    points = Points(frame)
    _progress(points, found)
    _sequence(points, found)
    for term in frame.terms:
        _load(points, term)
    for key, bundle in frame.bundles.items():
        if not bundle.free:
            points.add(-frame.case.weights.waiting, frame.take[key])
    return sum(points.terms)


def of_the_week(frame: Frame) -> Any:
    """A week that is good to live in: points that decide between equally good courses."""
    points = Points(frame)
    for term in frame.terms:
        _week(points, term)
    return sum(points.terms)


def _progress(points: Points, found: tuple[Candidate, ...]) -> None:
    """Each course counts for one open requirement of the major, and for any general ones."""
    model = points.frame.model
    counted: dict[str, list[Counted]] = defaultdict(list)
    for candidate in found:
        literals = points.frame.of(candidate.course)
        if not literals:
            continue
        for_major = []
        for standing in candidate.serves:
            counts = model.new_bool_var(f"{candidate.course.code} for {standing.requirement.name}")
            model.add(counts <= sum(literals))
            counted[standing.requirement.name].append((candidate, counts))
            if not standing.requirement.overlaps:
                for_major.append(counts)
        model.add_at_most_one(for_major)
    for standing in {s.requirement.name: s for c in found for s in c.serves}.values():
        _credit(points, standing, counted[standing.requirement.name])


def _credit(points: Points, standing: Standing, held: list[Counted]) -> None:
    """What a requirement gains, and never more than it still needs."""
    model, weights = points.frame.model, points.frame.case.weights
    if isinstance(standing.requirement.rule, UnitsIn):
        credit = model.new_int_var(0, standing.remains, "")
        model.add(credit <= sum(c.course.usual_units * literal for c, literal in held))
        points.add(weights.elective_unit, credit)
        _other_career(points, standing, held)
        return
    model.add(sum(literal for _, literal in held) <= standing.remains)
    for candidate, literal in held:
        points.add(_worth(candidate, standing, weights), literal)


def _worth(candidate: Candidate, standing: Standing, weights: Weights) -> int:
    """The points of a course that counts for a requirement in courses."""
    rule = standing.requirement.rule
    if isinstance(rule, Carrying):
        return weights.general_course
    choice = isinstance(rule, Listed) and rule.count < len(rule.codes)
    unit = weights.listed_unit if choice else weights.required_unit
    return unit * candidate.course.usual_units


def _other_career(points: Points, standing: Standing, held: list[Counted]) -> None:
    """An undergraduate's electives are undergraduate courses where there is a choice."""
    case = points.frame.case
    own = Level.GRADUATE if "graduate" in case.student.groups else Level.UNDERGRADUATE
    for candidate, literal in held:
        if candidate.course.level is not own and not standing.requirement.overlaps:
            points.add(-case.weights.other_career, literal)


def _sequence(points: Points, found: tuple[Candidate, ...]) -> None:
    """What others wait for comes early; what only leads somewhere is worth less than arriving."""
    weights, frame = points.frame.case.weights, points.frame
    for candidate in found:
        for place, term in enumerate(frame.terms):
            literal = frame.chosen.get((candidate.course.course_id, term))
            if literal is None or not candidate.leads_to:
                continue
            points.add(weights.unlocks * candidate.unlocks * (len(frame.terms) - place), literal)
            if not candidate.serves_major:
                points.add(weights.leading_unit * candidate.course.usual_units, literal)


def _load(points: Points, term: Term) -> None:
    frame, weights, wishes = points.frame, points.frame.case.weights, points.frame.case.wishes
    limit, taken = frame.case.limit(term), frame.case.units_in(term)
    units = frame.units(term)
    frame.model.add(units <= max(limit, taken))
    target, minimum = min(wishes.target, limit), min(wishes.minimum, limit)
    most = max(limit, taken)
    for against, missing in (
        (weights.over_target, units - target),
        (weights.under_target, target - units),
        (weights.under_minimum, minimum - units),
    ):
        by = frame.model.new_int_var(0, most, "")
        frame.model.add(by >= missing)
        points.add(-against, by)


def _week(points: Points, term: Term) -> None:
    """Few days, few early mornings, little waiting between classes."""
    frame, weights = points.frame, points.frame.case.weights
    days: dict[Day, list[tuple[int, int, Any]]] = defaultdict(list)
    for taken in frame.case.taken_in(term):
        for meeting in taken.meetings:
            for day in meeting.days:
                days[day].append((minutes(meeting.start), minutes(meeting.end), 1))
    for key, bundle in frame.bundles.items():
        if bundle.term != term:
            continue
        literal = frame.take[key]
        for meeting in bundle.meetings:
            awkward = weights.early * (meeting.start < EARLY) + weights.late * (meeting.end > LATE)
            points.add(-awkward * len(meeting.days), literal)
            for day in meeting.days:
                days[day].append((minutes(meeting.start), minutes(meeting.end), literal))
    for day in sorted(days):
        _day(points, days[day])


def _day(points: Points, held: list[tuple[int, int, Any]]) -> None:
    model, weights = points.frame.model, points.frame.case.weights
    busy = model.new_bool_var("")
    begins, ends = (model.new_int_var(0, _DAY_MINUTES, "") for _ in range(2))
    for start, end, literal in held:
        if isinstance(literal, int):
            model.add(busy == 1)
            model.add(begins <= start)
            model.add(ends >= end)
            continue
        model.add_implication(literal, busy)
        model.add(begins <= start).only_enforce_if(literal)
        model.add(ends >= end).only_enforce_if(literal)
    points.add(-weights.day, busy)
    waits = model.new_int_var(0, _DAY_MINUTES // _HALF_HOUR, "")
    in_class = sum((end - start) * literal for start, end, literal in held)
    model.add(_HALF_HOUR * waits >= ends - begins - in_class)
    points.add(-weights.gap_half_hour, waits)
