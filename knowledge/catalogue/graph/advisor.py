"""The one door to the graph: answers for the current catalogue, built once for each version."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.catalogue.graph.after import After, after
from knowledge.catalogue.graph.before import Before, before, closure, routes
from knowledge.catalogue.graph.build import build, popularity
from knowledge.catalogue.graph.following import Suggestion, following
from knowledge.catalogue.graph.habits import Asked, Attribute, Habits
from knowledge.catalogue.graph.question import Beliefs
from knowledge.catalogue.graph.standing import Standing
from knowledge.catalogue.graph.values import KnowledgeGraph
from knowledge.catalogue.graph.walk import Walk
from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.errors import UnknownCourse
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course
from knowledge.model.terms import Term


def nobody_asked() -> Iterable[Asked]:
    """No conversation has been logged."""
    return ()


class Advising:
    """Hands out the advisor of the newest catalogue version; safe to share between threads."""

    def __init__(
        self, index: CatalogueIndex, asked: Callable[[], Iterable[Asked]] = nobody_asked
    ) -> None:
        self._index = index
        self._asked = asked
        self._lock = threading.Lock()
        self._advisor: Advisor | None = None

    def current(self) -> Advisor:
        """The advisor of the newest version; its parts are built when first needed."""
        snapshot = self._index.current()
        with self._lock:
            if self._advisor is None or self._advisor.snapshot.version != snapshot.version:
                self._advisor = Advisor(snapshot, Habits.of(self._asked()))
            return self._advisor


@dataclass(frozen=True)
class Advisor:
    """Answers about one snapshot."""

    snapshot: Snapshot
    habits: Habits = Habits()

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The whole graph."""
        return build(self.snapshot)

    @cached_property
    def walk(self) -> Walk:
        """The random walk on it."""
        return Walk.of(self.graph)

    @cached_property
    def beliefs(self) -> Beliefs:
        """What is believed of students before a question; needs no graph."""
        names = {department.code: department.name for department in self.snapshot.departments}

        def spellings(attribute: Attribute, value: str) -> tuple[str, ...]:
            subject = attribute is Attribute.SUBJECT and value in names
            return (value, names[value]) if subject else (value,)

        return Beliefs(popularity(self.snapshot), self.habits, spellings)

    def course(self, code: str) -> Course:
        """A course by any of its codes; raise UnknownCourse."""
        found = self.snapshot.by_code.get(code)
        if found is None:
            raise UnknownCourse(code)
        return found

    def standing(self, done: Iterable[CourseCode], all_met: bool = False) -> Standing:
        """What a student with these courses brings."""
        return Standing.of(self.snapshot, done, all_met)

    def coming(self, course: Course, today: date) -> tuple[Term, ...]:
        """The terms still to come in which a course is offered: of this academic year, else later."""
        calendar = self.snapshot.calendar
        current = calendar.current(today)
        offered = sorted({section.term for section in self.snapshot.sections[course.course_id]})
        later = tuple(
            term
            for term in offered
            if (dates := calendar.find(term)) is not None and not dates.is_over(today)
        )
        year = current.term.academic_year_start if current is not None else None
        return tuple(term for term in later if term.academic_year_start == year) or later

    def taught(self, today: date) -> frozenset[int]:
        """The ids of all courses offered in a term to come."""
        courses = self.snapshot.courses.values()
        return frozenset(c.course_id for c in courses if self.coming(c, today))

    def before(self, course: Course, standing: Standing, today: date) -> Before:
        """What is needed before a course."""
        return before(self.snapshot, course, standing, self.taught(today))

    def behind(self, course: Course) -> set[int]:
        """The ids of all courses that may come before one."""
        return closure(self.snapshot, course)

    def needs(self, course: Course, other: Course, standing: Standing, today: date) -> bool:
        """Whether no way leads to a course without another one."""
        without = frozenset(other.codes)
        ways = routes(self.snapshot, standing, self.taught(today), without)
        return ways.to(course.code) is None

    def after(self, course: Course, standing: Standing, today: date) -> After:
        """What a course opens; whoever has taken it is taken to have what it needed."""
        return after(self.snapshot, course, self._arrived(course, standing, today))

    def next_after(self, course: Course, standing: Standing, today: date) -> tuple[Suggestion, ...]:
        """What to take after a course, best first."""
        near = self.walk.near(self.graph.course(course.code))
        arrived = self._arrived(course, standing, today)
        return following(self.snapshot, course, arrived, near, self.taught(today))

    def _arrived(self, course: Course, standing: Standing, today: date) -> Standing:
        """The standing of one who is about to have passed a course: the shortest way included."""
        way = routes(self.snapshot, standing, self.taught(today)).to(course.code)
        on_it = [code for quarter in way.quarters for code in quarter] if way is not None else []
        return standing.having(on_it)
