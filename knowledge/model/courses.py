"""Departments, courses and sections as frozen values; storage builds them, rules judge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Prerequisite
from knowledge.model.schedule import Meeting
from knowledge.model.terms import Term

UNCAPPED = 99_999  # seats of a section without a limit; ExploreCourses writes 0 or 999 for it


class Level(StrEnum):
    """Academic careers; the sample catalogue has the first two, imported ones may have all."""

    UNDERGRADUATE = "undergraduate"
    GRADUATE = "graduate"
    BUSINESS = "business"
    LAW = "law"
    MEDICINE = "medicine"

    @property
    def career(self) -> str:
        """ExploreCourses' academicCareer: UG, GR, GSB, LAW or MED."""
        return _CAREERS[self]


_CAREERS = {
    Level.UNDERGRADUATE: "UG",
    Level.GRADUATE: "GR",
    Level.BUSINESS: "GSB",
    Level.LAW: "LAW",
    Level.MEDICINE: "MED",
}


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
    """A catalogue entry; `codes[0]` is the home code, the others are cross-listings.

    A repeatable course may be passed `max_times` times (None: without limit). Prerequisites that
    were read from prose carry a confidence; `prerequisites` is only a rule when it was high enough.
    """

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
    max_times: int | None = None
    prerequisite_prose: str = ""
    prerequisite_confidence: float = 1.0
    extras: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1

    @property
    def code(self) -> CourseCode:
        """The home code."""
        return self.codes[0]


@dataclass(frozen=True)
class Reserved:
    """Seats of a section that are kept for a group of students until a day."""

    group: str
    seats: int
    until: date


@dataclass(frozen=True)
class Section:
    """One offering of a course in a term, with its seats as they stood when it was read.

    A discussion or lab section has a `parent`, the class id of the lecture it belongs to: it is
    taken together with its lecture, never alone.
    """

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
    parent: int | None = None
    add_consent: bool = False
    reserved: tuple[Reserved, ...] = ()
    cancelled: bool = False
    extras: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1

    @property
    def seats_left(self) -> int:
        """Free seats, never negative."""
        return max(0, self.capacity - self.enrolled)
