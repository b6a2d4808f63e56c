"""The original's check boxes (`filter-…=on`): what they are called, and which courses they leave.

Boxes of one group are alternatives, groups join. A ticked term, day or hour asks for one section
that has it; the course is then listed with all its sections of the year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from knowledge.errors import QuadError
from knowledge.formats.vocabulary import CAREERS
from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

MORE_THAN_FIVE = 6
_HOURS = ((0, 10), (10, 12), (12, 14), (14, 17), (17, 24))
_GERS = (
    *(f"WAY{way}" for way in ("AII", "AQR", "CE", "ED", "ER", "FR", "SI", "SMA")),
    *("Language", "Writing1", "Writing2", "WritingSLE"),
)
_TICKED = frozenset({"on", "true", "1"})
T = TypeVar("T")


@dataclass(eq=False)
class InvalidFilter(QuadError):
    """A query parameter with a value that cannot be read."""

    problem = "invalid-filter"
    status = 422
    key: str
    value: str


@dataclass(frozen=True)
class Facets:
    """The ticked boxes by group; an empty group asks nothing. Hours are indices 0 to 4."""

    terms: frozenset[Quarter] = field(default=frozenset())
    gers: frozenset[str] = field(default=frozenset())
    units: frozenset[int] = field(default=frozenset())
    hours: frozenset[int] = field(default=frozenset())
    days: frozenset[Day] = field(default=frozenset())
    careers: frozenset[str] = field(default=frozenset())

    @property
    def asks_course(self) -> bool:
        """Whether a box is ticked that courses answer."""
        return bool(self.gers or self.units or self.careers)

    @property
    def asks_section(self) -> bool:
        """Whether a box is ticked that sections answer."""
        return bool(self.terms or self.hours or self.days)

    def course_holds(self, course: Course) -> bool:
        """Whether the course has one of the ticked requirements, units and careers each."""
        named = {_plain(name) for name in course.requirements}
        return (
            (not self.careers or course.level.career in self.careers)
            and (not self.gers or any(_plain(ger) in named for ger in self.gers))
            and (not self.units or any(_offers(course, number) for number in self.units))
        )

    def section_holds(self, section: Section) -> bool:
        """Whether one section has one of the ticked terms, days and hours each."""
        days = {day for meeting in section.meetings for day in meeting.days}
        begins = [meeting.start.hour for meeting in section.meetings]
        return (
            (not self.terms or section.term.quarter in self.terms)
            and (not self.days or bool(days & self.days))
            and (not self.hours or any(_within(hour, self.hours) for hour in begins))
        )


def _plain(requirement: str) -> str:
    """WAY-A-II and "Writing 1" as the boxes name them, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", requirement.upper())


def _offers(course: Course, number: int) -> bool:
    if number == MORE_THAN_FIVE:
        return course.units_max >= number
    return course.units_min <= number <= course.units_max


def _within(hour: int, ticked: frozenset[int]) -> bool:
    return any(_HOURS[index][0] <= hour < _HOURS[index][1] for index in ticked)


def read_facets(pairs: Iterable[tuple[str, str]]) -> Facets:
    """The ticked boxes of a query string; raise InvalidFilter for one that does not exist."""
    ticked: dict[str, set[str]] = {group: set() for group in _GROUPS}
    for key, value in pairs:
        if not key.startswith("filter-"):
            continue
        group, _, name = key.removeprefix("filter-").partition("-")
        if value.lower() not in _TICKED or not name or not _known(group, name):
            raise InvalidFilter(key, value)
        if group in ticked:
            ticked[group].add(name)
    return Facets(
        terms=_values(ticked["term"], Quarter),
        gers=frozenset(ticked["ger"]),
        units=_values(ticked["units"], lambda n: MORE_THAN_FIVE if n == "gt5" else int(n)),
        hours=_values(ticked["time"], int),
        days=_values(ticked["day"], lambda number: Day(int(number))),
        careers=frozenset(ticked["academiclevel"]),
    )


def read_year(text: str) -> int | None:
    """`academicYear`: 2018 of "20182019"; None when it is empty; raise InvalidFilter otherwise."""
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})-?(\d{4})", text, re.ASCII)
    if match is None or int(match.group(2)) != int(match.group(1)) + 1:
        raise InvalidFilter("academicYear", text)
    return int(match.group(1))


_GROUPS: dict[str, frozenset[str]] = {
    "term": frozenset(quarter.value for quarter in Quarter),
    "ger": frozenset(_GERS),
    "units": frozenset({"1", "2", "3", "4", "5", "gt5"}),
    "time": frozenset(str(index) for index in range(len(_HOURS))),
    "day": frozenset(str(int(day)) for day in Day),
    "academiclevel": CAREERS,
}


def _known(group: str, name: str) -> bool:
    if group == "departmentcode":
        return True  # one that no department has finds nothing
    if group == "coursestatus":
        return name == "Active"
    return name in _GROUPS.get(group, frozenset())


def _values(names: set[str], read: Callable[[str], T]) -> frozenset[T]:
    return frozenset(read(name) for name in names)
