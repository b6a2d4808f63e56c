"""Which courses are worth planning: those that serve what remains, and those that lead there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course
from knowledge.model.prerequisites import Both, Either, Prerequisite, Record, Requires, codes
from knowledge.model.programmes import Listed
from knowledge.registrar.planning.barring import against_course
from knowledge.registrar.planning.case import PlanningCase, codes_of
from knowledge.registrar.planning.progress import Standing, progress

_MOST_UNLOCKED = 5


@dataclass(frozen=True)
class Candidate:
    """A course that may be planned, the open requirements it could serve, and what it leads to."""

    course: Course
    serves: tuple[Standing, ...]
    leads_to: tuple[CourseCode, ...]

    @property
    def unlocks(self) -> int:
        """How many listed courses stand behind it; more than a handful make no difference."""
        return min(_MOST_UNLOCKED, len(self.leads_to))

    @property
    def serves_major(self) -> bool:
        """Whether it can count for the major, and not only lead there."""
        return any(not standing.requirement.overlaps for standing in self.serves)


def standings(case: PlanningCase) -> tuple[Standing, ...]:
    """The requirements as they will stand after what is completed and taken."""
    return progress(case.programme, [c for c in case.courses.values() if case.has(c)])


def candidates(case: PlanningCase) -> tuple[Candidate, ...]:
    """The courses worth planning, by code."""
    open_ones = [standing for standing in standings(case) if standing.remains]
    leading = _leading(case, open_ones)
    found = []
    for course in sorted(case.courses.values(), key=lambda course: course.code):
        if any(True for _ in against_course(course, case)):
            continue
        serves = tuple(s for s in open_ones if s.requirement.rule.accepts(course))
        leads_to = tuple(sorted(leading.get(course.course_id, ())))
        wished = not case.wishes.include.isdisjoint(course.codes)
        if serves or leads_to or wished:
            found.append(Candidate(course, serves, leads_to))
    return tuple(found)


def _leading(case: PlanningCase, open_ones: list[Standing]) -> dict[int, set[CourseCode]]:
    """For each course, the open listed ones on whose shortest way in it lies."""
    by_code = {code: course for course in case.courses.values() for code in course.codes}
    ways = Ways(case, by_code)
    found: dict[int, set[CourseCode]] = {}
    for standing in open_ones:
        rule = standing.requirement.rule
        if not isinstance(rule, Listed):
            continue
        for code in sorted(rule.codes):
            course = by_code.get(code)
            if course is None or case.has(course):
                continue
            for before in ways.before(course) or ():
                found.setdefault(before, set()).add(course.code)
    for wished in (course for code in case.wishes.include if (course := by_code.get(code))):
        for needed in involved(case, [wished]):  # whichever way in there is: it must be found
            if needed != wished:
                found.setdefault(needed.course_id, set()).add(wished.code)
    return found


class Ways:
    """The fewest courses that must come before another; remembers what it has worked out."""

    def __init__(self, case: PlanningCase, by_code: dict[CourseCode, Course]) -> None:
        self._by_code = by_code
        held = codes_of(c for c in case.courses.values() if case.has(c))
        self._record = Record(case.student.completed | held)
        self._all = case.student.completed_all
        self._known: dict[int, frozenset[int] | None] = {}

    def before(self, course: Course) -> frozenset[int] | None:
        """The course ids still missing before a course; None when there is no way in."""
        number = course.course_id
        if number not in self._known:
            self._known[number] = None  # a ring of prerequisites has no way in
            tree = course.prerequisites
            met = self._all or tree is None
            self._known[number] = frozenset() if met or tree is None else self._way(tree)
        return self._known[number]

    def _way(self, tree: Prerequisite) -> frozenset[int] | None:
        if tree.met(self._record):
            return frozenset()
        if isinstance(tree, Requires):
            course = self._by_code.get(tree.code)
            before = None if course is None else self.before(course)
            return None if course is None or before is None else before | {course.course_id}
        if isinstance(tree, Both):
            parts = [self._way(part) for part in tree.parts]
            known = [part for part in parts if part is not None]
            return frozenset().union(*known) if len(known) == len(parts) else None
        if isinstance(tree, Either):
            ways = [way for part in tree.parts if (way := self._way(part)) is not None]
            return min(ways, key=len, default=None)
        return None


def involved(case: PlanningCase, wished: Iterable[Course]) -> list[Course]:
    """The wished courses and everything in the prerequisites before them that is not held yet."""
    found: dict[int, Course] = {}
    waiting = list(wished)
    while waiting:
        course = waiting.pop()
        if course.course_id in found:
            continue
        found[course.course_id] = course
        for code in codes(course.prerequisites) if course.prerequisites else ():
            before = case.course_of(code)
            if before is not None and not case.has(before):
                waiting.append(before)
    return [found[number] for number in sorted(found)]
