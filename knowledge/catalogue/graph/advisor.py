"""The one door to the graph: answers for the current catalogue, built once for each version."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from knowledge.catalogue.graph.after import After, after
from knowledge.catalogue.graph.before import Before, before, closure, routes
from knowledge.catalogue.graph.build import build, popularity
from knowledge.catalogue.graph.following import Suggestion, following
from knowledge.catalogue.graph.habits import Asked, Attribute, Habits
from knowledge.catalogue.graph.question import Beliefs
from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.standing import Standing
from knowledge.catalogue.graph.values import KnowledgeGraph
from knowledge.catalogue.graph.walk import Walk
from knowledge.catalogue.index import CatalogueIndex
from knowledge.errors import UnknownCourse
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Section
from knowledge.model.terms import Term

_FRESH_SECONDS = 600.0
_A_YEAR = timedelta(days=366)


def nobody_asked() -> Iterable[Asked]:
    """No conversation has been logged."""
    return ()


class Advising:
    """Hands out the advisor of the newest catalogue version; safe to share between threads."""

    def __init__(
        self,
        index: CatalogueIndex,
        asked: Callable[[], Iterable[Asked]] = nobody_asked,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._index = index
        self._asked = asked
        self._seconds = seconds
        self._lock = threading.Lock()
        self._advisor: Advisor | None = None
        self._habits: tuple[float, Habits] | None = None

    def current(self) -> Advisor:
        """The advisor of the newest version; its parts are built when first needed."""
        snapshot = self._index.current()
        with self._lock:
            if self._advisor is None or self._advisor.snapshot.version != snapshot.version:
                self._advisor = Advisor(snapshot, self._index.enrolled())
            return self._advisor

    def beliefs(self) -> Beliefs:
        """What is believed of students; conversations are counted anew every ten minutes."""
        advisor, now = self.current(), self._seconds()
        with self._lock:
            if self._habits is None or now - self._habits[0] >= _FRESH_SECONDS:
                self._habits = now, Habits.of(self._asked())
            return advisor.beliefs(self._habits[1])


@dataclass(frozen=True)
class Advisor:
    """Answers about one snapshot; `enrolled` counts students by course id."""

    snapshot: Catalogue
    enrolled: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The whole graph."""
        return build(self.snapshot, self.popular)

    @cached_property
    def walk(self) -> Walk:
        """The random walk on it."""
        return Walk.of(self.graph)

    @cached_property
    def popular(self) -> dict[str, float]:
        """P(course) by home code."""
        return popularity(self.snapshot, self.enrolled)

    def beliefs(self, habits: Habits | None = None) -> Beliefs:
        """What is believed of students before a question; needs no graph."""
        names = {department.code: department.name for department in self.snapshot.departments}

        def spellings(attribute: Attribute, value: str) -> tuple[str, ...]:
            subject = attribute is Attribute.SUBJECT and value in names
            return (value, names[value]) if subject else (value,)

        return Beliefs(self.popular, habits or Habits(), spellings)

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
        """The terms of the next twelve months in which a course is offered and can be added."""
        addable = self._addable(today)
        return tuple(sorted({s.term for s in self._sections(course.course_id)} & addable))

    def offered(self, today: date) -> frozenset[int]:
        """The ids of all courses with a term to come."""
        addable = self._addable(today)
        return frozenset(
            course_id
            for course_id in self.snapshot.courses
            if any(section.term in addable for section in self._sections(course_id))
        )

    def _sections(self, course_id: int) -> tuple[Section, ...]:
        return self.snapshot.sections.get(course_id, ())

    def _addable(self, today: date) -> frozenset[Term]:
        return frozenset(
            dates.term
            for dates in self.snapshot.calendar.terms
            if today <= dates.enroll_closes and dates.starts - today <= _A_YEAR
        )

    def taught(self, today: date) -> frozenset[int]:
        """The ids of all courses that are offered in any term not over yet."""
        over = {dates.term for dates in self.snapshot.calendar.terms if dates.is_over(today)}
        return frozenset(
            course_id
            for course_id, sections in self.snapshot.sections.items()
            if any(section.term not in over for section in sections)
        )

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
        return following(self.snapshot, course, arrived, near, self.offered(today))

    def _arrived(self, course: Course, standing: Standing, today: date) -> Standing:
        """The standing of one who is about to have passed a course: the shortest way included."""
        way = routes(self.snapshot, standing, self.taught(today)).to(course.code)
        on_it = [code for quarter in way.quarters for code in quarter] if way is not None else []
        return standing.having(on_it)
