"""One term's week as it is drawn and exported: what is taken, waited for and planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Meeting
from knowledge.model.students import Status
from knowledge.model.terms import TermDates
from knowledge.registrar.rules import Taken


class Standing(StrEnum):
    """How sure a class is."""

    ENROLLED = "enrolled"
    WAITLISTED = "waitlisted"
    PLANNED = "planned"


@dataclass(frozen=True)
class Entry:
    """One section in the week: a lecture, or the discussion or lab that goes with it."""

    section: Section
    course: Course
    standing: Standing
    units: int

    @property
    def label(self) -> str:
        """ "CS106A", and "CHEM33 LAB" for what goes with a lecture."""
        code = str(self.course.code)
        return f"{code} {self.section.component}" if self.section.parent is not None else code

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Its weekly hours; none for a class without fixed ones."""
        return self.section.meetings


@dataclass(frozen=True)
class Timetable:
    """One term of one student."""

    dates: TermDates
    entries: tuple[Entry, ...]

    @property
    def units(self) -> int:
        """The units of the term; a lab's are its lecture's."""
        return sum(entry.units for entry in self.entries if entry.section.parent is None)


def timetable(
    dates: TermDates, taken: Iterable[Taken], planned: Iterable[tuple[Section, Course]]
) -> Timetable:
    """The week of a term; what is planned and taken as well is shown as taken."""
    entries: dict[int, Entry] = {}
    for each in taken:
        if each.section.term == dates.term:
            waits = each.status is Status.WAITLISTED
            standing = Standing.WAITLISTED if waits else Standing.ENROLLED
            for section in filter(None, (each.section, each.linked)):
                entries[section.class_id] = Entry(section, each.course, standing, each.units)
    held = {entry.course.course_id for entry in entries.values()}
    for section, course in planned:
        if section.term == dates.term and course.course_id not in held:
            units = course.usual_units
            entries[section.class_id] = Entry(section, course, Standing.PLANNED, units)
    ordered = sorted(entries.values(), key=lambda e: (e.course.code, e.section.class_id))
    return Timetable(dates, tuple(ordered))
