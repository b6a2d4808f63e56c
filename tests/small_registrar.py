"""A registrar of five courses in one term, small enough to know every seat by heart.

ALG101 and its cross-listing LOG101 are one course with two sections; BIO101 meets at the time of
ALG101's first section; CAL102 needs CAL101; DRA101 can be repeated and has no fixed units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from knowledge.errors import QuadError
from knowledge.model.courses import Section
from knowledge.model.students import Enrollment, Student
from knowledge.model.terms import Quarter, Term
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage import orm
from knowledge.storage.schema import upgrade
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
AUTUMN, WINTER = Term(Quarter.AUTUMN, 2018), Term(Quarter.WINTER, 2019)
ALG, ALG_EVENING, BIO, CAL1, CAL2, DRA, CAL1_AUTUMN = 101, 102, 103, 104, 105, 106, 107
SEATS, PLACES = 2, 3
_COURSES: tuple[tuple[str, str | None, bool], ...] = (
    ("ALG101", None, False),
    ("BIO101", None, False),
    ("CAL101", None, False),
    ("CAL102", "CAL101", False),
    ("DRA101", None, True),
)
_SECTIONS = (
    # class id, course, term, hour
    (ALG, 1, WINTER, 9),
    (ALG_EVENING, 1, WINTER, 19),
    (BIO, 2, WINTER, 9),
    (CAL1, 3, WINTER, 11),
    (CAL2, 4, WINTER, 13),
    (DRA, 5, WINTER, 15),
    (CAL1_AUTUMN, 3, AUTUMN, 11),
)


@dataclass(frozen=True)
class SmallRegistrar:
    """Each act is one transaction, as a request would be."""

    units: UnitOfWork
    today: date = TODAY

    def student(self, suid: str, **more: Any) -> str:
        """Add a student, or replace the record."""
        with self.units.write() as work:
            student = Student(suid, suid, "Undeclared", **more)
            Administration(work, self.today, "test").put_student(student)
        return suid

    def students(self, *suids: str) -> tuple[str, ...]:
        """Several students with plain records."""
        return tuple(self.student(suid) for suid in suids)

    def enroll(self, suid: str, class_id: int, **wish: Any) -> Enrollment:
        """Enroll; a full section is waited for unless the wish says otherwise."""
        asked = Wish(**{"accept_waitlist": True, **wish})
        with self.units.write() as work:
            return Registrar(work, self.today, f"student:{suid}").enroll(suid, class_id, asked)

    def drop(self, suid: str, class_id: int) -> Enrollment:
        """Give up a seat or a place."""
        with self.units.write() as work:
            acting = Registrar(work, self.today, f"student:{suid}")
            return acting.drop(suid, class_id).enrollment

    def swap(self, suid: str, old: int, new: int, **wish: Any) -> Enrollment:
        """One section for another."""
        with self.units.write() as work:
            acting = Registrar(work, self.today, f"student:{suid}")
            return acting.swap(suid, old, new, Wish(**wish))

    def capacity(self, class_id: int, seats: int) -> int:
        """Change a section's seats; how many moved up."""
        with self.units.write() as work:
            return Administration(work, self.today, "admin:ada").set_capacity(class_id, seats)

    def reasons(self, suid: str, class_id: int) -> list[QuadError]:
        """Everything against enrolling."""
        with self.units.read() as work:
            return Registrar(work, self.today, "test").reasons_against(suid, class_id)

    def held(self, suid: str) -> dict[int, str]:
        """What a student has: by class id "enrolled", or the place on the waitlist."""
        return self.everything([suid])[suid]

    def everything(self, suids: Iterable[str]) -> dict[str, dict[int, str]]:
        """What each of these students has."""
        with self.units.read() as work:
            return {
                suid: {
                    e.class_id: str(e.position or e.status.value)
                    for e in work.students.enrollments(suid)
                }
                for suid in suids
            }

    def section(self, class_id: int) -> Section:
        """A section with its seats counted."""
        with self.units.read() as work:
            return work.catalogue.section(class_id)

    def audit(self, act: str | None = None) -> list[orm.AuditRow]:
        """The audit log, oldest first."""
        with self.units.read() as work:
            rows = reversed(work.audit.latest(10_000))
            return [row for row in rows if act in (None, row.act)]


def build(units: UnitOfWork) -> SmallRegistrar:
    """Fill an empty database."""
    upgrade(units.engine)
    with units.write() as work:
        work.session.add(orm.DepartmentRow(code="ALG", name="Algebra", school="Sample"))
        for position, course in enumerate(_COURSES, start=1):
            work.session.add(_course(position, *course))
        work.session.add_all(
            [_term(AUTUMN, date(2018, 9, 24)), _term(WINTER, date(2019, 1, 7), date(2018, 10, 28))]
        )
        work.session.flush()
        work.session.add_all(_section(*section) for section in _SECTIONS)
    return SmallRegistrar(units)


def _course(number: int, code: str, needs: str | None, free: bool) -> orm.CourseRow:
    codes = [code, "LOG101"] if code == "ALG101" else [code]
    return orm.CourseRow(
        id=number,
        title=f"{code} Title",
        description="",
        units_min=1 if free else 4,
        units_max=5,
        usual_units=4,
        level="undergraduate",
        requirements=[],
        gradings=["letter", "credit"],
        topics=[],
        sample_fields=[],
        repeatable=free,
        prerequisites=needs,
        codes=[orm.CourseCodeRow(code=each, position=at) for at, each in enumerate(codes)],
    )


def _term(term: Term, starts: date, opens: date | None = None) -> orm.TermRow:
    return orm.TermRow(
        id=term.term_id,
        quarter=term.quarter.value,
        year=term.year,
        starts=starts,
        ends=date(starts.year, starts.month + 2, 22),
        enroll_opens=opens or starts,
        enroll_closes=date(starts.year, starts.month, 25),
        drop_by=date(starts.year, starts.month + 2, 1) if term == WINTER else TODAY,
    )


def _section(class_id: int, course_id: int, term: Term, hour: int) -> orm.SectionRow:
    meeting = orm.MeetingRow(days="24", start=time(hour), end=time(hour, 50), room="Room 1")
    return orm.SectionRow(
        class_id=class_id,
        course_id=course_id,
        term_id=term.term_id,
        number="01",
        component="LEC",
        capacity=SEATS,
        waitlist_capacity=PLACES,
        instructors=["Ada Sample"],
        meetings=[meeting],
    )
