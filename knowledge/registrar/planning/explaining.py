"""Why a wish cannot be planned: the solver's conflict, told as named facts.

Every rule that could be otherwise is switched by a literal that stands for one fact. All of them
are assumed; when that is infeasible CP-SAT names assumptions that suffice, and those that are not
needed are removed one by one: what is left is a smallest conflict. Its facts are then lifted and
the search goes on, so that a second, independent reason is told too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from knowledge.model.courses import Course
from knowledge.model.obstacles import Clash, NeedsFirst, NotOffered, Obstacle, OnHold, OverUnits
from knowledge.model.prerequisites import missing
from knowledge.model.schedule import clash
from knowledge.registrar.planning.barring import (
    against_bundle,
    against_course,
    against_enrolling,
)
from knowledge.registrar.planning.candidates import involved
from knowledge.registrar.planning.case import Bundle, PlanningCase
from knowledge.registrar.planning.constraints import (
    Frame,
    frame_of,
    record_before,
    require_prerequisites,
    solver,
)
from knowledge.registrar.planning.plans import Reason

_MOST_REASONS = 3
_SECONDS = 1.0


def reasons_against(case: PlanningCase, wished: tuple[Course, ...]) -> tuple[Reason, ...]:
    """Each smallest set of facts that rules the wished courses out; empty when nothing does."""
    question, own = Question(case, wished), {str(course.code) for course in wished}
    lifted: set[Obstacle] = set()
    reasons: list[Reason] = []
    while len(reasons) < _MOST_REASONS:
        assumed = [fact for fact in question.switches if fact not in lifted]
        # What stands against the course itself says more than what stands against the ways to it.
        core = question.conflict(fact for fact in assumed if fact.code in own)
        core = core if core is not None else question.conflict(assumed)
        if core is None:
            break
        smallest = _smallest(question, core)
        if not smallest:  # not a matter of facts: two wishes that are one course, for example
            break
        reasons.append(Reason(tuple(smallest)))
        lifted.update(smallest)
    return tuple(reasons)


def _smallest(question: Question, core: Sequence[Obstacle]) -> list[Obstacle]:
    """Remove whatever is not needed, the least telling facts first."""
    kept = list(core)
    for fact in sorted(core, key=_telling):
        rest = [other for other in kept if other != fact]
        if question.conflict(rest) is not None:
            kept = rest
    return kept


def _telling(fact: Obstacle) -> int:
    order = (OverUnits, Clash, NotOffered, NeedsFirst, OnHold)
    return next((place for place, kind in enumerate(order, 1) if isinstance(fact, kind)), 0)


@dataclass
class Question:
    """The frame of the wished courses and all that may come before them, every fact switchable."""

    case: PlanningCase
    wished: tuple[Course, ...]
    switches: dict[Obstacle, Any] = field(default_factory=dict, init=False)
    frame: Frame = field(init=False)

    def __post_init__(self) -> None:
        courses = involved(self.case, self.wished)
        numbers = {course.course_id for course in courses}
        bundles = [b for b in self.case.bundles if b.course.course_id in numbers]
        self.frame = frame_of(self.case, bundles, courses)
        for course in courses:
            self._course(course)
        for bundle in self.frame.bundles.values():
            for fact in against_bundle(bundle, self.case):
                self._bar(fact, self.frame.take[bundle.key])
        self._clashes()
        self._units()
        for course in self.wished:
            self.frame.model.add_bool_or(self.frame.of(course))

    def conflict(self, assumed: Iterable[Obstacle]) -> list[Obstacle] | None:
        """Facts among the assumed that cannot all hold with the wish; None when they can."""
        facts = {self.switches[fact].index: fact for fact in assumed}
        self.frame.model.clear_assumptions()
        self.frame.model.add_assumptions([self.switches[fact] for fact in facts.values()])
        solving = solver(_SECONDS)
        if solving.solve(self.frame.model) != cp_model.INFEASIBLE:
            return None
        named = set(solving.sufficient_assumptions_for_infeasibility())
        return [fact for index, fact in facts.items() if index in named]

    def _switch(self, fact: Obstacle) -> Any:
        if fact not in self.switches:
            self.switches[fact] = self.frame.model.new_bool_var(str(fact))
        return self.switches[fact]

    def _bar(self, fact: Obstacle, literal: Any) -> None:
        self.frame.model.add_implication(self._switch(fact), ~literal)

    def _course(self, course: Course) -> None:
        for fact in against_course(course, self.case):
            for literal in self.frame.of(course):
                self._bar(fact, literal)
        taught = {b.term for b in self.frame.bundles.values() if b.course == course}
        for dates in self.case.terms:
            literal = self.frame.chosen[course.course_id, dates.term]
            where = (dates.term.quarter.value, dates.term.year)
            if dates.term not in taught:
                self._bar(NotOffered(str(course.code), *where), literal)
            for fact in against_enrolling(course, dates, self.case):
                if course in self.wished:
                    self._bar(fact, literal)
            self._prerequisites(course, dates.term, literal)

    def _prerequisites(self, course: Course, term: Any, literal: Any) -> None:
        tree = course.prerequisites
        unmet = None if tree is None else missing(tree, record_before(self.case, term))
        if unmet is None or self.case.student.completed_all:
            return
        last = missing(tree, record_before(self.case, self.frame.terms[-1])) if tree else None
        fact = NeedsFirst(str(course.code), str(last or unmet))
        require_prerequisites(self.frame, course, term, [literal, self._switch(fact)])

    def _clashes(self) -> None:
        pairs = combinations(self.frame.bundles.values(), 2)
        for one, other in pairs:
            apart = one.term != other.term or one.course == other.course
            if apart or not clash(one.meetings, other.meetings):
                continue
            first, second = sorted((one, other), key=self._wished_first)
            where = (one.term.quarter.value, one.term.year)
            fact = Clash(str(first.course.code), str(second.course.code), *where)
            literals = [~self.frame.take[one.key], ~self.frame.take[other.key]]
            self.frame.model.add_bool_or(literals).only_enforce_if(self._switch(fact))

    def _wished_first(self, bundle: Bundle) -> tuple[bool, str]:
        return bundle.course not in self.wished, str(bundle.course.code)

    def _units(self) -> None:
        code = str(self.wished[0].code) if self.wished else ""
        for dates in self.case.terms:
            term, limit = dates.term, self.case.limit(dates.term)
            taken = self.case.units_in(term)
            fact = OverUnits(code, term.quarter.value, term.year, limit, taken)
            held = self.frame.model.add(self.frame.units(term) <= max(limit, taken))
            held.only_enforce_if(self._switch(fact))
