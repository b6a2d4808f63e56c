"""Simulated students on a database of the registrar: they are admitted, looked at, and leave."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date

from bot.policy.simulator.values import Beginning, Held
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading
from knowledge.model.students import Enrollment, Status, Student
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
_ACTOR = "simulator"


@dataclass
class Campus:
    """One database; numbers of simulated students are given out in order."""

    units: UnitOfWork
    today: date = TODAY
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(6_000_000))

    def admit(self, beginning: Beginning) -> str:
        """A new student with that record; the SUID."""
        suid = f"{next(self._numbers):08d}"
        completed = beginning.completed
        record = Student(
            suid,
            f"Student {suid}",
            "Undeclared",
            frozenset(CourseCode.parse(code) for code in completed or ()),
            completed is None,
            beginning.max_units or 20,
            beginning.holds,
        )
        with self.units.write() as work:
            Administration(work, self.today, _ACTOR).put_student(record)
            for class_id in beginning.held:
                section = work.catalogue.section(class_id)
                units = work.catalogue.course_of(section).usual_units
                seat = Enrollment(
                    class_id, section.code, "", section.term, units, Grading.LETTER, Status.ENROLLED
                )
                work.students.add_enrollment(suid, section.course_id, seat)
        return suid

    def record(self, suid: str) -> frozenset[Held]:
        """What the student is in or waits for."""
        with self.units.read() as work:
            return frozenset(_held(each) for each in work.students.enrollments(suid))

    def leave(self, suid: str) -> None:
        """Give every seat back, so that the next student finds the same world."""
        with self.units.write() as work:
            registrar = Registrar(work, self.today, _ACTOR)
            for each in work.students.enrollments(suid):
                registrar.drop(suid, each.class_id)


def _held(each: Enrollment) -> Held:
    term = each.term
    return Held(str(each.code), term.quarter.value, term.year, each.status.value, each.class_id)
