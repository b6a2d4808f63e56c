"""A generated university for measurements: plain names, real rules.

Lectures meet at one of forty times of the week; every fourth has two labs, every third needs an
earlier course, every fifth keeps seats for seniors. Half of the courses are taught in both terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import insert

from knowledge.model.terms import Quarter, Term
from knowledge.storage import orm
from knowledge.storage.schema import upgrade
from knowledge.storage.unit_of_work import UnitOfWork, Work

Row = dict[str, Any]
TERMS = (Term(Quarter.WINTER, 2027), Term(Quarter.SPRING, 2027))
TODAY = date(2026, 11, 15)
AFTER_DROP_DEADLINE = date(2027, 2, 5)
ADMIN = "admin:bench"
_OPENS, _CLOSES, _DROP_BY = date(2026, 10, 25), date(2027, 2, 20), date(2027, 1, 29)
_BATCH = 2_000


@dataclass(frozen=True)
class World:
    """How large it is, and how tight its seats are."""

    courses: int = 400
    students: int = 10_000
    capacity: int = 500
    waitlist: int = 10

    @property
    def suids(self) -> list[str]:
        """Every student's number."""
        return [f"06{number:06d}" for number in range(self.students)]

    @property
    def lectures(self) -> list[int]:
        """The class ids of all lectures."""
        return [row["class_id"] for row in self._sections() if row["parent"] is None]

    @property
    def labs(self) -> dict[int, list[int]]:
        """The class ids of labs by their lecture's."""
        of: dict[int, list[int]] = {}
        for row in self._sections():
            if row["parent"] is not None:
                of.setdefault(row["parent"], []).append(row["class_id"])
        return of

    def build(self, units: UnitOfWork) -> None:
        """Fill an empty database."""
        upgrade(units.engine)
        with units.write() as work:
            _insert(work, orm.DepartmentRow, [{"code": "GEN", "name": "General", "school": "Gen"}])
            _insert(work, orm.TermRow, map(_term, TERMS))
            _insert(work, orm.CourseRow, map(_course, range(self.courses)))
            codes = ({"code": _code(n), "course_id": n + 1, "position": 0} for n in self._numbers)
            _insert(work, orm.CourseCodeRow, codes)
            sections = list(self._sections())
            _insert(work, orm.SectionRow, [s for s in sections if s["parent"] is None])
            _insert(work, orm.SectionRow, [s for s in sections if s["parent"] is not None])
            _insert(work, orm.MeetingRow, map(_meeting, sections))
            _insert(work, orm.StudentRow, (_student(suid) for suid in self.suids))

    @property
    def _numbers(self) -> range:
        return range(self.courses)

    def _sections(self) -> Iterable[Row]:
        for at, term in enumerate(TERMS):
            for number in self._numbers:
                if at and number % 2:
                    continue
                lecture = 10_000 * (at + 1) + number * 10
                yield self._section(lecture, number, term, None)
                if number % 4 == 0:
                    yield self._section(lecture + 1, number, term, lecture)
                    yield self._section(lecture + 2, number, term, lecture)

    def _section(self, class_id: int, number: int, term: Term, parent: int | None) -> Row:
        kept = {"group": "senior", "seats": self.capacity // 4, "until": _CLOSES.isoformat()}
        return {
            "class_id": class_id,
            "course_id": number + 1,
            "term_id": term.term_id,
            "number": "01" if parent is None else f"0{class_id % 10 + 1}",
            "component": "LEC" if parent is None else "LAB",
            "capacity": self.capacity if parent is None else -(-self.capacity // 2),
            "waitlist_capacity": self.waitlist if parent is None else 0,
            "instructors": [],
            "parent": parent,
            "reserved": [kept] if parent is None and number % 5 == 0 else [],
        }


def _insert(work: Work, table: type[orm.Base], rows: Iterable[Row]) -> None:
    values = list(rows)
    for start in range(0, len(values), _BATCH):
        work.session.execute(insert(table), values[start : start + _BATCH])


def _code(number: int) -> str:
    return f"GEN{number + 1}"


def _term(term: Term) -> Row:
    winter = term == TERMS[0]
    return {
        "id": term.term_id,
        "quarter": term.quarter.value,
        "year": term.year,
        "starts": date(2027, 1, 4) if winter else date(2027, 3, 29),
        "ends": date(2027, 3, 19) if winter else date(2027, 6, 9),
        "enroll_opens": _OPENS,
        "enroll_closes": _CLOSES,
        "drop_by": _DROP_BY,
        "withdraw_by": date(2027, 2, 26),
    }


def _course(number: int) -> Row:
    repeatable = number % 7 == 6
    return {
        "id": number + 1,
        "title": f"General Course {number + 1}",
        "description": "",
        "units_min": 1 if repeatable else 3,
        "units_max": 5,
        "usual_units": 4,
        "level": "undergraduate",
        "requirements": [],
        "gradings": ["letter", "credit"],
        "topics": [],
        "sample_fields": [],
        "repeatable": repeatable,
        "max_times": 2 if repeatable else None,
        "prerequisites": _code(number % 3) if number > 2 and number % 3 == 0 else None,
    }


def _meeting(section: Row) -> Row:
    lab = section["parent"] is not None
    slot = (section["course_id"] - 1) % 40 if not lab else section["class_id"] % 17
    start = 8 + slot // 4 if not lab else 18 + slot % 3
    days = ("1", "2", "3", "4")[slot % 4]
    row = {"class_id": section["class_id"], "days": days, "room": "Room 1"}
    return {**row, "start": time(start), "end": time(start, 50)}


def _student(suid: str) -> Row:
    number = int(suid)
    return {
        "suid": suid,
        "name": f"Student {suid}",
        "programme": "Undeclared",
        "completed": [_code(0)] if number % 10 else [],
        "completed_all": False,
        "max_units": 18 if number % 3 else 12,
        "holds": [],
        "groups": ["senior"] if number % 4 == 0 else ["undergraduate"],
        "sign_in": False,
    }
