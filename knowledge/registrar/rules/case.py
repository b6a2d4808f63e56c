"""What a judgement is made of: who wants what, when, and what else the student takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.model.courses import Course, Grading, Section
from knowledge.model.schedule import Meeting
from knowledge.model.students import Decision, PermissionNumber, Petition, Status, Student
from knowledge.model.terms import TermDates


@dataclass(frozen=True)
class Taken:
    """A section the student is in or waits for, with its course and its discussion or lab."""

    section: Section
    course: Course
    status: Status
    units: int
    linked: Section | None = None

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every hour of the week that this takes."""
        return self.section.meetings + (self.linked.meetings if self.linked else ())


@dataclass(frozen=True)
class Wish:
    """What a student asks for; None means the course's usual units and first grading basis."""

    units: int | None = None
    grading: Grading | None = None
    accept_waitlist: bool = False
    linked: int | None = None
    permission: str | None = None
    petition: bool = False

    def units_for(self, course: Course) -> int:
        """The units asked for, or the usual ones."""
        return course.usual_units if self.units is None else self.units

    def grading_for(self, course: Course) -> Grading:
        """The basis asked for, or the course's first."""
        return course.gradings[0] if self.grading is None else self.grading


@dataclass(frozen=True)
class Case:
    """Everything a judgement needs: who, what, when, and what else the student takes.

    `children` are the discussions or labs of the wanted lecture; `in_groups` counts the enrolled
    students by group, for sections with reserved seats; `times_passed` counts earlier passes.
    """

    student: Student
    section: Section
    course: Course
    dates: TermDates
    taken: tuple[Taken, ...]
    today: date
    wish: Wish = Wish()
    children: tuple[Section, ...] = ()
    permission: PermissionNumber | None = None
    petition: Petition | None = None
    in_groups: Mapping[str, int] = field(default_factory=dict)
    times_passed: int = 0

    @property
    def same_term(self) -> tuple[Taken, ...]:
        """What the student takes in the term of the wanted section."""
        return tuple(t for t in self.taken if t.section.term == self.section.term)

    @property
    def code(self) -> str:
        """The home code of the wanted course."""
        return str(self.course.code)

    @property
    def unit_limit(self) -> int:
        """The most units in this term: the student's cap, or an approved petition's number."""
        granted = self.petition is not None and self.petition.decision is Decision.APPROVED
        petitioned = self.petition.units if self.petition is not None and granted else 0
        return max(self.student.max_units, petitioned)
