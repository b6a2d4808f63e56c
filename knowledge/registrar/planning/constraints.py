"""The rules of enrollment as CP-SAT constraints, shared by planning and by "why not?".

Importing this module loads OR-tools (about 0.7 s and 75 MB): nothing imports it before the first
plan is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from knowledge.model.courses import Course
from knowledge.model.prerequisites import Both, Either, Prerequisite, Record, Requires
from knowledge.model.schedule import minutes
from knowledge.model.terms import Term
from knowledge.registrar.planning.case import Bundle, PlanningCase, codes_of

Literal = Any  # OR-tools' classes are not typed here


@dataclass
class Frame:
    """One model: a variable for each bundle, and for each course in each term."""

    case: PlanningCase
    model: Any = field(default_factory=cp_model.CpModel)
    take: dict[tuple[int, int], Literal] = field(default_factory=dict)
    bundles: dict[tuple[int, int], Bundle] = field(default_factory=dict)
    chosen: dict[tuple[int, Term], Literal] = field(default_factory=dict)
    courses: dict[int, Course] = field(default_factory=dict)

    @property
    def terms(self) -> list[Term]:
        """The planned terms, in time order."""
        return [dates.term for dates in self.case.terms]

    def of(self, course: Course) -> list[Literal]:
        """The course in each of the terms."""
        found = [self.chosen.get((course.course_id, term)) for term in self.terms]
        return [literal for literal in found if literal is not None]

    def units(self, term: Term) -> Any:
        """The units of a term, with what is taken already."""
        planned = [
            self.courses[number].usual_units * literal
            for (number, of_term), literal in self.chosen.items()
            if of_term == term
        ]
        return sum(planned) + self.case.units_in(term)


def frame_of(
    case: PlanningCase, bundles: Iterable[Bundle], everywhere: Iterable[Course] = ()
) -> Frame:
    """Variables for these bundles: a course is taken as one bundle in at most one term.

    `everywhere` names courses that get a variable in each term, whether they are taught or not.
    """
    frame = Frame(case)
    ways: dict[tuple[int, Term], list[Literal]] = defaultdict(list)
    terms = set(frame.terms)
    for bundle in (each for each in bundles if each.term in terms):
        literal = frame.model.new_bool_var(f"take {bundle.key}")
        frame.take[bundle.key], frame.bundles[bundle.key] = literal, bundle
        ways[bundle.course.course_id, bundle.term].append(literal)
        frame.courses[bundle.course.course_id] = bundle.course
    for course in everywhere:
        frame.courses[course.course_id] = course
        for term in frame.terms:
            ways.setdefault((course.course_id, term), [])
    _choose(frame, ways)
    return frame


def _choose(frame: Frame, ways: dict[tuple[int, Term], list[Literal]]) -> None:
    """A course is chosen in a term when one of its bundles is taken; in one term at most."""
    for (number, term), literals in sorted(ways.items(), key=lambda item: _place(item[0])):
        chosen = frame.model.new_bool_var(f"chosen {number} {term}")
        frame.chosen[number, term] = chosen
        if literals:
            frame.model.add(sum(literals) == chosen)
    for course in frame.courses.values():
        frame.model.add_at_most_one(frame.of(course))


def _place(key: tuple[int, Term]) -> tuple[int, int]:
    return key[0], key[1].term_id


def forbid_clashes(frame: Frame) -> None:
    """At no moment of the week two classes: one clique for each moment at which one begins."""
    at: dict[tuple[Term, int], list[tuple[int, int, Literal]]] = defaultdict(list)
    for key, bundle in frame.bundles.items():
        for meeting in bundle.meetings:
            start, end = minutes(meeting.start), minutes(meeting.end)
            for day in meeting.days:
                at[bundle.term, int(day)].append((start, end, frame.take[key]))
    for held in at.values():
        for moment in sorted({start for start, _, _ in held}):
            running = {x.index: x for start, end, x in held if start <= moment < end}
            if len(running) > 1:
                frame.model.add_at_most_one([running[index] for index in sorted(running)])


def require_prerequisites(
    frame: Frame, course: Course, term: Term, when: Sequence[Literal]
) -> None:
    """A course needs its tree to hold by what was passed, is taken, or is planned before it."""
    if course.prerequisites is not None and not frame.case.student.completed_all:
        _require(frame, course.prerequisites, term, when)


def _require(frame: Frame, tree: Prerequisite, term: Term, when: Sequence[Literal]) -> None:
    if tree.met(record_before(frame.case, term)):
        return
    if isinstance(tree, Both):
        for part in tree.parts:
            _require(frame, part, term, when)
        return
    frame.model.add_bool_or(_alternatives(frame, tree, term)).only_enforce_if(*when)


def _alternatives(frame: Frame, tree: Prerequisite, term: Term) -> list[Literal]:
    """Literals of which one must hold; consent is given by nobody here."""
    if isinstance(tree, Either):
        return [literal for part in tree.parts for literal in _alternatives(frame, part, term)]
    if isinstance(tree, Both):
        together = frame.model.new_bool_var("both")
        _require(frame, tree, term, [together])
        return [together]
    return _before(frame, tree, term) if isinstance(tree, Requires) else []


def _before(frame: Frame, leaf: Requires, term: Term) -> list[Literal]:
    course = frame.case.course_of(leaf.code)
    if course is None:
        return []
    in_time = [t for t in frame.terms if t < term or (leaf.concurrently and t == term)]
    found = [frame.chosen.get((course.course_id, each)) for each in in_time]
    return [literal for literal in found if literal is not None]


def record_before(case: PlanningCase, term: Term) -> Record:
    """What counts towards prerequisites in a term, before anything is planned."""
    earlier = codes_of(t.course for t in case.taken if t.section.term < term)
    same = codes_of(t.course for t in case.taken_in(term))
    return Record(case.student.completed, earlier, same)


def solver(seconds: float, seed: int = 0) -> Any:
    """A solver that gives the same answer to the same question (one worker, one seed), unless the
    time runs out first.
    """
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.random_seed = seed
    made.parameters.max_time_in_seconds = seconds
    # The whole linear relaxation: a week's cliques are tight there, and a plan that takes minutes
    # to prove by search alone is proven in a tenth of a second.
    made.parameters.linearization_level = 2
    return made
