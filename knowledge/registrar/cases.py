"""Gathers what a judgement needs, as one transaction sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.model.courses import Course, Section
from knowledge.model.students import Enrollment, PermissionNumber, Petition, Student
from knowledge.registrar.rules import Case, Taken, Wish
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Cases:
    """Builds cases within one transaction on one day."""

    work: Work
    today: date

    def case(self, suid: str, class_id: int, wish: Wish) -> Case:
        """All a judgement needs; raise UnknownStudent or UnknownSection."""
        catalogue = self.work.catalogue
        student = self.work.students.get(suid)
        section, *children = catalogue.counted(
            [catalogue.listed(class_id), *catalogue.children(class_id)]
        )
        course, term = catalogue.course_of(section), section.term
        taken = self.taken(suid)
        return Case(
            student,
            section,
            course,
            catalogue.dates(term),
            taken,
            self.today,
            wish,
            children=tuple(children),
            permission=self._permission(wish),
            petition=self._petition(student, section, taken, wish.units_for(course)),
            in_groups=catalogue.seats.in_groups(class_id) if section.reserved else {},
            times_passed=self._times_passed(student, course),
        )

    def taken(self, suid: str) -> tuple[Taken, ...]:
        """Everything the student is in or waits for."""
        return tuple(self.taken_of(item) for item in self.work.students.enrollments(suid))

    def taken_of(self, enrollment: Enrollment) -> Taken:
        """One enrollment with its section and course; seats are not counted."""
        catalogue = self.work.catalogue
        section = catalogue.listed(enrollment.class_id)
        linked = enrollment.linked_class_id
        return Taken(
            section,
            catalogue.course_of(section),
            enrollment.status,
            enrollment.units,
            catalogue.listed(linked) if linked is not None else None,
        )

    def _permission(self, wish: Wish) -> PermissionNumber | None:
        return self.work.exceptions.permission(wish.permission) if wish.permission else None

    def _petition(
        self, student: Student, section: Section, taken: tuple[Taken, ...], units: int
    ) -> Petition | None:
        """A petition matters only above the cap; most students never file one."""
        current = sum(t.units for t in taken if t.section.term == section.term)
        if current + units <= student.max_units:
            return None
        return self.work.exceptions.petition(student.suid, section.term)

    def _times_passed(self, student: Student, course: Course) -> int:
        if not course.repeatable or course.max_times is None:
            return 0
        completed = bool(student.completed & set(course.codes))
        return self.work.students.times_passed(student.suid, course.codes, completed)
