"""Departments, courses and sections as frozen values; storage builds them, rules judge them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Prerequisite
from knowledge.model.schedule import Meeting
from knowledge.model.terms import Term


class Level(StrEnum):
    """The academic careers of the sample catalogue."""

    UNDERGRADUATE = "undergraduate"
    GRADUATE = "graduate"

    @property
    def career(self) -> str:
        """ExploreCourses' academicCareer: UG or GR."""
        return "UG" if self is Level.UNDERGRADUATE else "GR"


class Grading(StrEnum):
    """Grading bases a student can choose from."""

    LETTER = "letter"
    CREDIT = "credit"
    SATISFACTORY = "satisfactory"


@dataclass(frozen=True)
class Department:
    """A department: its subject code ("CS"), name and school."""

    code: str
    name: str
    school: str


@dataclass(frozen=True)
class Course:
    """A catalogue entry; `codes[0]` is the home code, the others are cross-listings."""

    course_id: int
    codes: tuple[CourseCode, ...]
    title: str
    description: str
    units_min: int
    units_max: int
    usual_units: int
    level: Level
    requirements: tuple[str, ...] = ()
    gradings: tuple[Grading, ...] = (Grading.LETTER, Grading.CREDIT)
    repeatable: bool = False
    prerequisites: Prerequisite | None = None
    topics: tuple[str, ...] = ()
    sample_fields: tuple[str, ...] = ()

    @property
    def code(self) -> CourseCode:
        """The home code."""
        return self.codes[0]


@dataclass(frozen=True)
class Section:
    """One offering of a course in a term, with its seats as they stood when it was read."""

    class_id: int
    course_id: int
    code: CourseCode
    term: Term
    number: str
    component: str
    meetings: tuple[Meeting, ...]
    instructors: tuple[str, ...]
    capacity: int
    waitlist_capacity: int
    enrolled: int = 0
    waitlisted: int = 0

    @property
    def seats_left(self) -> int:
        """Free seats, never negative."""
        return max(0, self.capacity - self.enrolled)
