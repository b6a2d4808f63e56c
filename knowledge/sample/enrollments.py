"""Seats taken by the crowd of synthetic students, within the rules: no clash, no course twice."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from knowledge.model.courses import Course, Section
from knowledge.model.schedule import clash
from knowledge.model.students import Status, Student
from knowledge.model.terms import Quarter, Term

_ALWAYS_ROOM = frozenset({"CS106A", "CS106B", "CS230", "CS229"})
_COURSES_A_TERM = 4
_FULL_SHARE = 0.25
_SMALL = 20


@dataclass
class Crowd:
    """Lays enrollments term by term and remembers what each student already takes."""

    students: list[Student]
    courses: Mapping[int, Course]
    chance: random.Random
    rows: list[dict[str, Any]] = field(default_factory=list)
    _taken: dict[tuple[str, Term], list[Section]] = field(default_factory=lambda: defaultdict(list))
    _seats: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _ever: set[tuple[str, int]] = field(default_factory=set)  # (suid, course id), any term

    def fill(self, sections: list[Section]) -> None:
        """One term's sections: some small ones full with a waitlist, then the crowd's picks."""
        open_sections = [s for s in sections if str(s.code) not in _ALWAYS_ROOM]
        if not open_sections or open_sections[0].term.quarter is Quarter.SUMMER:
            return
        for section in open_sections:
            if section.capacity <= _SMALL and self.chance.random() < _FULL_SHARE:
                self._fill_up(section)
        for student in self.students:
            for section in self.chance.sample(open_sections, min(12, len(open_sections))):
                if len(self._taken[student.suid, section.term]) < _COURSES_A_TERM:
                    self._try(student, section)

    def link(self, labs: list[Section]) -> None:
        """Give everybody in a lecture with labs one that fits, or take them out of the lecture."""
        of_lecture: dict[int, list[Section]] = defaultdict(list)
        for lab in labs:
            of_lecture[lab.parent or 0].append(lab)
        self.rows = [row for row in self.rows if self._linked(row, of_lecture[row["class_id"]])]

    def _linked(self, row: dict[str, Any], labs: list[Section]) -> bool:
        mine = [m for s in self._of_term(row) for m in s.meetings]
        for lab in labs:
            if self._seats[lab.class_id] < lab.capacity and not clash(lab.meetings, mine):
                self._seats[lab.class_id] += row["status"] == Status.ENROLLED.value
                row["linked_class_id"] = lab.class_id
                return True
        return not labs

    def _of_term(self, row: dict[str, Any]) -> list[Section]:
        taken = self._taken.items()
        of_student = (sections for (suid, _), sections in taken if suid == row["suid"])
        return next(s for s in of_student if any(x.class_id == row["class_id"] for x in s))

    def _fill_up(self, section: Section) -> None:
        waiting = self.chance.randint(0, 3)
        for student in self.chance.sample(self.students, len(self.students)):
            if self._seats[section.class_id] >= section.capacity + waiting:
                return
            self._try(student, section, may_wait=True)

    def _try(self, student: Student, section: Section, may_wait: bool = False) -> None:
        mine = self._taken[student.suid, section.term]
        course = self.courses[section.course_id]
        units = sum(self.courses[other.course_id].usual_units for other in mine)
        again = (student.suid, section.course_id) in self._ever and not course.repeatable
        same_course = again or any(other.course_id == section.course_id for other in mine)
        conflict = any(clash(section.meetings, other.meetings) for other in mine)
        full = self._seats[section.class_id] >= section.capacity
        done = course.code in student.completed
        too_many = units + course.usual_units > student.max_units
        if same_course or conflict or done or too_many or (full and not may_wait):
            return
        mine.append(section)
        self._ever.add((student.suid, section.course_id))
        self._seats[section.class_id] += 1
        self.rows.append(_row(student, section, course, full))


def _row(student: Student, section: Section, course: Course, full: bool) -> dict[str, Any]:
    return {
        "suid": student.suid,
        "class_id": section.class_id,
        "linked_class_id": None,
        "course_id": section.course_id,
        "term_id": section.term.term_id,
        "status": (Status.WAITLISTED if full else Status.ENROLLED).value,
        "units": course.usual_units,
        "grading": course.gradings[0].value,
        # Nominal: the first day on which anybody could have enrolled that year.
        "created_at": datetime(section.term.academic_year_start, 9, 1),  # noqa: DTZ001
    }
