"""Degree programmes: named requirements, each met by a rule over courses; pure values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course


@dataclass(frozen=True)
class Listed:
    """So many of these courses; all of them when the count says so."""

    counts: ClassVar[str] = "courses"
    count: int
    codes: frozenset[CourseCode]

    @property
    def needed(self) -> int:
        """Courses."""
        return self.count

    def accepts(self, course: Course) -> bool:
        """Whether a course is one of them, under any of its cross-listings."""
        return not self.codes.isdisjoint(course.codes)

    def worth(self, course: Course) -> int:
        """Every course counts once."""
        return 1


@dataclass(frozen=True)
class UnitsIn:
    """So many units in subjects, of courses numbered from `low` to `high`."""

    counts: ClassVar[str] = "units"
    units: int
    subjects: frozenset[str]
    low: int
    high: int

    @property
    def needed(self) -> int:
        """Units."""
        return self.units

    def accepts(self, course: Course) -> bool:
        """Whether some listing of a course lies in the range."""
        return any(
            code.subject in self.subjects and self.low <= code.number <= self.high
            for code in course.codes
        )

    def worth(self, course: Course) -> int:
        """A course counts its usual units."""
        return course.usual_units


@dataclass(frozen=True)
class Carrying:
    """So many courses that carry a general requirement ("WAY-SI", "Writing1")."""

    counts: ClassVar[str] = "courses"
    count: int
    attribute: str

    @property
    def needed(self) -> int:
        """Courses."""
        return self.count

    def accepts(self, course: Course) -> bool:
        """Whether a course carries it."""
        return self.attribute in course.requirements

    def worth(self, course: Course) -> int:
        """Every course counts once."""
        return 1


Rule = Listed | UnitsIn | Carrying


@dataclass(frozen=True)
class Requirement:
    """One named group of a programme.

    A course counts for one requirement of the major alone; those that `overlap` (general ones) may
    count what is counted elsewhere too.
    """

    name: str
    rule: Rule
    overlaps: bool = False


@dataclass(frozen=True)
class Programme:
    """A degree programme; its requirements stand in the order in which courses are credited."""

    name: str
    requirements: tuple[Requirement, ...]
