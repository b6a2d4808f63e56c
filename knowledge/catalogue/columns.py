"""The catalogue as numpy tables: a filter looks at forty thousand sections in a millisecond.

Tables only grow: a changed course gets a new slot and its old one dies, so that nobody who still
reads an older snapshot is disturbed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.model.courses import Course, Grading, Level, Section
from knowledge.model.schedule import Day, minutes
from knowledge.model.terms import Quarter

Mask = NDArray[np.bool_]
Table = NDArray[Any]

_COURSE = np.dtype(
    [
        ("course_id", "i8"),
        ("key", "S20"),
        ("level", "i1"),
        ("units_min", "i2"),
        ("units_max", "i2"),
        ("number", "i2"),
        ("subject", "i4"),
        ("prerequisites", "?"),
        ("gradings", "i2"),
        ("first", "i4"),
        ("last", "i4"),
    ]
)
_CODE = np.dtype([("slot", "i4"), ("subject", "i4"), ("number", "i2")])
_REQUIREMENT = np.dtype([("slot", "i4"), ("name", "i4")])
_SECTION = np.dtype(
    [
        ("class_id", "i8"),
        ("slot", "i4"),
        ("quarter", "i1"),
        ("year", "i2"),
        ("academic", "i2"),
        ("days", "u1"),
        ("child", "?"),
    ]
)
_MEETING = np.dtype([("row", "i4"), ("days", "u1"), ("start", "i2"), ("end", "i2")])
_TEACHING = np.dtype([("row", "i4"), ("name", "i4")])


def day_bits(days: Iterable[Day]) -> int:
    """Days as a bit mask, Sunday lowest."""
    return sum(1 << (int(day) - 1) for day in set(days))


class Names(dict[str, int]):
    """Numbers names as they come."""

    def number(self, name: str) -> int:
        """The number of a name, a new one for a new name."""
        return self.setdefault(name, len(self))


@dataclass(frozen=True)
class Columns:
    """All tables; `alive` tells which course slots are current."""

    alive: Mask
    courses: Table
    codes: Table
    requirements: Table
    sections: Table
    meetings: Table
    teaching: Table
    rank: NDArray[np.int32]  # a course's place in the order of home codes
    subjects: Mapping[str, int] = field(default_factory=dict)
    requirement_names: Mapping[str, int] = field(default_factory=dict)
    instructors: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> Columns:
        """Tables without rows."""
        return cls(
            np.empty(0, bool),
            np.empty(0, _COURSE),
            np.empty(0, _CODE),
            np.empty(0, _REQUIREMENT),
            np.empty(0, _SECTION),
            np.empty(0, _MEETING),
            np.empty(0, _TEACHING),
            np.empty(0, np.int32),
        )

    def changed(
        self,
        gone: Iterable[int],
        courses: Sequence[Course],
        sections: Mapping[int, Sequence[Section]],
    ) -> Columns:
        """The tables without the slots `gone` and with these courses in new slots at the end."""
        batch = _Batch(self)
        for course in courses:
            batch.add(course, sections.get(course.course_id, ()))
        alive = np.concatenate([self.alive, np.ones(len(courses), bool)])
        alive[list(gone)] = False
        table = np.concatenate([self.courses, np.array(batch.courses, _COURSE)])
        rank = np.empty(len(table), np.int32)
        rank[np.argsort(table["key"], kind="stable")] = np.arange(len(table), dtype=np.int32)
        return Columns(
            alive,
            table,
            np.concatenate([self.codes, np.array(batch.codes, _CODE)]),
            np.concatenate([self.requirements, np.array(batch.requirements, _REQUIREMENT)]),
            np.concatenate([self.sections, np.array(batch.sections, _SECTION)]),
            np.concatenate([self.meetings, np.array(batch.meetings, _MEETING)]),
            np.concatenate([self.teaching, np.array(batch.teaching, _TEACHING)]),
            rank,
            batch.subjects,
            batch.requirement_names,
            batch.instructors,
        )


class _Batch:
    """Rows to be put behind those of existing tables."""

    def __init__(self, before: Columns) -> None:
        self._slot = len(before.courses)
        self._row = len(before.sections)
        self.subjects = Names(before.subjects)
        self.requirement_names = Names(before.requirement_names)
        self.instructors = Names(before.instructors)
        self.courses: list[tuple[Any, ...]] = []
        self.codes: list[tuple[int, int, int]] = []
        self.requirements: list[tuple[int, int]] = []
        self.sections: list[tuple[Any, ...]] = []
        self.meetings: list[tuple[int, int, int, int]] = []
        self.teaching: list[tuple[int, int]] = []

    def add(self, course: Course, sections: Sequence[Section]) -> None:
        slot, first = self._slot, self._row
        for section in sections:
            self._add_section(slot, section)
        self._add_course(course, first)
        for code in course.codes:
            self.codes.append((slot, self.subjects.number(code.subject), code.number))
        for name in course.requirements:
            self.requirements.append((slot, self.requirement_names.number(name)))
        self._slot += 1

    def _add_course(self, course: Course, first: int) -> None:
        code = course.code
        self.courses.append(
            (
                course.course_id,
                f"{code.subject:<9}{code.number:04d}{code.suffix}".encode(),
                LEVELS[course.level],
                course.units_min,
                course.units_max,
                code.number,
                self.subjects.number(code.subject),
                course.prerequisites is not None,
                sum(1 << _GRADINGS[grading] for grading in course.gradings),
                first,
                self._row,
            )
        )

    def _add_section(self, slot: int, section: Section) -> None:
        term, row, days = section.term, self._row, 0
        for meeting in section.meetings:
            bits = day_bits(meeting.days)
            days |= bits
            self.meetings.append((row, bits, minutes(meeting.start), minutes(meeting.end)))
        for name in dict.fromkeys(section.instructors):
            self.teaching.append((row, self.instructors.number(name)))
        # A discussion section belongs to its lecture and is no offering of its own.
        child = section.parent is not None or section.cancelled
        quarter = QUARTERS[term.quarter]
        year = term.academic_year_start
        self.sections.append((section.class_id, slot, quarter, term.year, year, days, child))
        self._row += 1


LEVELS = {level: place for place, level in enumerate(Level)}
QUARTERS = {quarter: place for place, quarter in enumerate(Quarter)}
_GRADINGS = {grading: place for place, grading in enumerate(Grading)}


def grading_bit(grading: Grading) -> int:
    """The bit of a grading basis in the courses' table."""
    return 1 << _GRADINGS[grading]
