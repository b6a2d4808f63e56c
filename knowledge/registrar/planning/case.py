"""What a plan is made from: the student, the terms, the sections on offer, and the wishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Section
from knowledge.model.programmes import Programme
from knowledge.model.schedule import Day, Meeting
from knowledge.model.students import Student
from knowledge.model.terms import Term, TermDates
from knowledge.registrar.rules import Taken


@dataclass(frozen=True)
class Weights:
    """What the objective counts, in points; docs/planning.md tells why they stand so.

    The first group decides which courses are planned; the second only between plans that are
    equal in the first.
    """

    required_unit: int = 55
    """For each unit of a course that nothing else can take the place of."""
    listed_unit: int = 40
    """For each unit of a course that counts for a requirement which lists what it accepts."""
    elective_unit: int = 32
    """For each unit that counts for a requirement in units, which many courses can fill."""
    general_course: int = 60
    """For each general requirement (a WAY, writing) that a course counts for."""
    other_career: int = 60
    """Against an elective of the other career: a graduate course for an undergraduate."""
    leading_unit: int = 24
    """For each unit of a course that only leads to a required one."""
    unlocks: int = 6
    """For each required course behind this one, times the planned terms from its own on."""
    over_target: int = 70
    """Against each unit above the load that is aimed at: more than any unit is worth."""
    under_target: int = 8
    """Against each unit below it."""
    under_minimum: int = 30
    """Against each unit below the minimum of a full-time load, besides `under_target`."""
    waiting: int = 60
    """Against a section in which only a place on the waitlist is left."""

    day: int = 6
    """Against each day with a class."""
    early: int = 4
    """Against each meeting that begins before 10:00."""
    late: int = 3
    """Against each meeting that ends after 18:00."""
    gap_half_hour: int = 1
    """Against each half hour of waiting between two classes of a day."""


@dataclass(frozen=True)
class Wishes:
    """What the student asks of the plan; the units are for each term."""

    earliest: time | None = None
    latest: time | None = None
    days_off: frozenset[Day] = frozenset()
    include: frozenset[CourseCode] = frozenset()
    exclude: frozenset[CourseCode] = frozenset()
    minimum: int = 12
    target: int = 15
    maximum: int | None = None
    waitlists: bool = False


@dataclass(frozen=True)
class Bundle:
    """What is taken together: a lecture, with one of its discussions or labs where it has any."""

    course: Course
    lecture: Section
    linked: Section | None = None
    free: bool = True

    @property
    def term(self) -> Term:
        """The term of the lecture."""
        return self.lecture.term

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every hour of the week that this takes."""
        return self.lecture.meetings + (self.linked.meetings if self.linked else ())

    @property
    def key(self) -> tuple[int, int]:
        """The class ids, by which bundles are told apart and ordered."""
        return self.lecture.class_id, self.linked.class_id if self.linked else 0


@dataclass(frozen=True)
class PlanningCase:
    """One question to the planner. `bundles` may hold courses of other terms; they are ignored."""

    student: Student
    programme: Programme
    terms: tuple[TermDates, ...]
    courses: Mapping[int, Course]
    bundles: tuple[Bundle, ...]
    taken: tuple[Taken, ...] = ()
    wishes: Wishes = Wishes()
    today: date = date.min
    weights: Weights = field(default_factory=Weights)

    def course_of(self, code: CourseCode) -> Course | None:
        """The course of a code, cross-listings included."""
        return next((c for c in self.courses.values() if code in c.codes), None)

    def limit(self, term: Term) -> int:
        """The most units in a term: the cap, or less when the student wishes less."""
        wished = self.wishes.maximum
        return self.student.max_units if wished is None else min(wished, self.student.max_units)

    def taken_in(self, term: Term) -> tuple[Taken, ...]:
        """What the student takes already in a term."""
        return tuple(taken for taken in self.taken if taken.section.term == term)

    def units_in(self, term: Term) -> int:
        """The units of what the student takes already in a term."""
        return sum(taken.units for taken in self.taken_in(term))

    def has(self, course: Course) -> bool:
        """Whether the student has passed the course, or takes it."""
        taken = any(t.course.course_id == course.course_id for t in self.taken)
        return taken or not self.student.completed.isdisjoint(course.codes)


def codes_of(courses: Iterable[Course]) -> frozenset[CourseCode]:
    """All listings of some courses."""
    return frozenset(code for course in courses for code in course.codes)
