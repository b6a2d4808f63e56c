"""A catalogue file's courses and sections as frozen values, before anything judges or stores them.

Element names stand in the docstrings as ExploreCourses writes them. Two records are equal when
the catalogue says the same of them: where they stood in the file (`line`) and what was odd about
the way it was said (`oddities`) do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from knowledge.formats.vocabulary import read_gradings
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading
from knowledge.model.schedule import Day, Meeting
from knowledge.model.terms import Term


@dataclass(frozen=True)
class LearningObjective:
    """`requirementCode` and what students learn for it."""

    requirement: str
    description: str


@dataclass(frozen=True)
class Attribute:
    """A `name`-`value` pair of a course or section, such as NQTR-SPR, and where it is printed."""

    name: str
    value: str
    description: str = ""
    catalog_print: bool = False
    schedule_print: bool = False


@dataclass(frozen=True)
class Tag:
    """An organisation's own mark on a course, such as WIM-cs."""

    organization: str
    name: str


@dataclass(frozen=True)
class Instructor:
    """One of a schedule's people; `role` is PI, TA, GP or what the source says."""

    name: str
    first: str = ""
    middle: str = ""
    last: str = ""
    sunet: str = ""
    role: str = "PI"

    @property
    def full_name(self) -> str:
        """First and last name, or the short form when the source has no more."""
        return f"{self.first} {self.last}".strip() or self.name


@dataclass(frozen=True)
class Schedule:
    """One weekly pattern of a section; `start` and `end` are None when they are to be announced."""

    starts: date | None
    ends: date | None
    days: frozenset[Day]
    start: time | None
    end: time | None
    location: str = ""
    instructors: tuple[Instructor, ...] = ()

    @property
    def meeting(self) -> Meeting | None:
        """The model's meeting, or None as long as days or times are to be announced."""
        if not self.days or self.start is None or self.end is None:
            return None
        return Meeting(self.days, self.start, self.end, self.location)


@dataclass(frozen=True)
class SectionRecord:
    """A `section`; its key is (term, class_id). A capacity of None is a class without a cap.

    `units` is the range on offer here; `add_consent` and `drop_consent` are N (none), I
    (instructor) or D (department); `status` is Open, Closed or Waitlist as the source says it.
    """

    class_id: int
    term: Term
    code: CourseCode
    course_id: int
    units: tuple[int, int]
    number: str
    component: str
    enrolled: int
    capacity: int | None
    waitlisted: int
    waitlist_capacity: int | None
    status: str = "Open"
    add_consent: str = "N"
    drop_consent: str = "N"
    instruction_mode: str = ""
    schedules: tuple[Schedule, ...] = ()
    notes: str = ""
    attributes: tuple[Attribute, ...] = ()
    line: int = field(default=0, compare=False)
    oddities: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[int, int]:
        """(termId, classId): class ids come again in other terms."""
        return self.term.term_id, self.class_id

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The schedules whose days and times are known, as the model's meetings."""
        return tuple(m for schedule in self.schedules if (m := schedule.meeting) is not None)

    @property
    def teachers(self) -> tuple[str, ...]:
        """Full names of the primary instructors, each once, in the order of the source."""
        people = (person for schedule in self.schedules for person in schedule.instructors)
        return tuple(dict.fromkeys(p.full_name for p in people if p.role == "PI"))


@dataclass(frozen=True)
class AdministrativeInformation:
    """`administrativeInformation`: identity, ownership and repetition limits of a course.

    `max_times` and `max_units` bound repetition; None where the source's number means no bound.
    """

    course_id: int
    effective_status: str = "A"
    offer_number: int = 1
    academic_group: str = ""
    academic_organization: str = ""
    career: str = "UG"
    final_exam: bool | None = None
    catalog_print: bool = True
    schedule_print: bool = True
    max_units: int | None = None
    max_times: int | None = 1


@dataclass(frozen=True)
class CourseRecord:
    """A `course` with its sections; `academic_start` is 2021 for the year 2021-2022.

    `listings` holds every code of the course once `merge_listings` has joined them, home first;
    read from a file it holds the one code it stood under. `grading` is the source's own words;
    `gradings` are those that the model knows.
    """

    academic_start: int
    code: CourseCode
    title: str
    description: str
    gers: tuple[str, ...]
    repeatable: bool
    grading: str
    units_min: int
    units_max: int
    administration: AdministrativeInformation
    remote: bool = False
    objectives: tuple[LearningObjective, ...] = ()
    sections: tuple[SectionRecord, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    tags: tuple[Tag, ...] = ()
    listings: tuple[CourseCode, ...] = ()
    line: int = field(default=0, compare=False)
    oddities: tuple[str, ...] = field(default=(), compare=False)

    @property
    def course_id(self) -> int:
        """Shared by all listings of a course."""
        return self.administration.course_id

    @property
    def codes(self) -> tuple[CourseCode, ...]:
        """Every code of the course, the home code first."""
        return self.listings or (self.code,)

    @property
    def gradings(self) -> tuple[Grading, ...]:
        """The model's grading bases; empty for a basis that the model does not have."""
        return read_gradings(self.grading)


@dataclass(frozen=True)
class DepartmentRecord:
    """A `department` of the list of schools: its subject code, long name and school."""

    code: str
    name: str
    school: str
