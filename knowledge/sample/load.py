"""Fills an empty database with the sample data, the same for the same seed."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, insert, select

from knowledge.model.courses import Course, Section
from knowledge.model.students import Student
from knowledge.model.terms import Quarter, Term
from knowledge.sample import people
from knowledge.sample.courses import Offered, read
from knowledge.sample.enrollments import Crowd
from knowledge.sample.labs import labs_of, reserved_of
from knowledge.sample.students import crowd, sign_in_students
from knowledge.sample.timetable import TermTimetable, in_laying_order
from knowledge.storage import orm
from knowledge.storage.schema import align_numbers, alone, upgrade
from knowledge.storage.unit_of_work import UnitOfWork, Work

SEED = 230
_TERMS = Path(__file__).with_name("terms.yml")
_CLASS_IDS = 10_000
_STAFF = 9
_GRADUATES_EARLIER = timedelta(days=4)


def prepare(units: UnitOfWork) -> bool:
    """Bring the database to the current schema and fill it if it is empty; True when filled."""
    upgrade(units.engine)
    with units.write() as work:
        alone(work.session.connection())
        if work.session.scalar(select(func.count()).select_from(orm.CourseRow)):
            return False
        seed(work)
    return True


def seed(work: Work) -> None:
    """Insert everything in one transaction."""
    chance = random.Random(SEED)
    offered, terms = read(), _terms()
    _insert(work, orm.DepartmentRow, {o.department.code: _department(o) for o in offered}.values())
    _insert(work, orm.CourseRow, (_course(item) for item in offered))
    _insert(work, orm.CourseCodeRow, (row for item in offered for row in _code_rows(item)))
    _insert(work, orm.TermRow, terms)
    _insert(work, orm.WindowRow, (_early_window(entry) for entry in terms))
    sections = _sections(offered, terms, chance)
    labs = labs_of(sections, _CLASS_IDS + len(sections))
    _insert(work, orm.SectionRow, (_section(section) for section in [*sections, *labs]))
    taught = [*sections, *labs]
    _insert(work, orm.MeetingRow, (row for section in taught for row in _meetings(section)))
    by_code = {item.course.code: item.course for item in offered}
    students = crowd(chance, by_code)
    _insert(work, orm.StudentRow, (_student(s, False) for s in students))
    _insert(work, orm.StudentRow, (_student(s, True) for s in sign_in_students()))
    usual = {item.course.course_id: item.course for item in offered}
    _insert(work, orm.EnrollmentRow, _enrollments(sections, labs, students, usual, chance))
    align_numbers(work.session.connection())
    work.audit.note("sample", "seed", "courses", str(SEED), None, {"courses": len(offered)})


def _insert(work: Work, table: type[orm.Base], rows: Any) -> None:
    values = list(rows)
    if values:
        work.session.execute(insert(table), values)


def _terms() -> list[dict[str, Any]]:
    entries = yaml.safe_load(_TERMS.read_text())
    return [
        {**entry, "id": Term(Quarter(entry["quarter"]), entry["year"]).term_id} for entry in entries
    ]


def _early_window(entry: dict[str, Any]) -> dict[str, Any]:
    """Graduate students may enroll some days before the others."""
    opens = entry["enroll_opens"] - _GRADUATES_EARLIER
    return {
        "term_id": entry["id"],
        "group": "graduate",
        "opens": opens,
        "closes": entry["enroll_closes"],
    }


def _sections(
    offered: list[Offered], terms: list[dict[str, Any]], chance: random.Random
) -> list[Section]:
    names = people.instructors(chance, _STAFF * len({o.department.code for o in offered}))
    departments = sorted({item.department.code for item in offered})
    staff = {code: names[i * _STAFF : (i + 1) * _STAFF] for i, code in enumerate(departments)}
    sections: list[Section] = []
    for entry in terms:
        term = Term(Quarter(entry["quarter"]), entry["year"])
        timetable = TermTimetable(term, chance, _CLASS_IDS + len(sections), staff)
        for item in in_laying_order(offered):
            if term.quarter in item.quarters and item.only in (None, term.academic_year):
                timetable.add(item)
        sections.extend(timetable.sections)
    return sections


def _enrollments(
    sections: list[Section],
    labs: list[Section],
    students: list[Student],
    courses: dict[int, Course],
    chance: random.Random,
) -> list[dict[str, Any]]:
    full_crowd = Crowd(students, courses, chance)
    for _, of_term in itertools.groupby(sections, key=lambda section: section.term):
        full_crowd.fill(list(of_term))
    full_crowd.link(labs)
    return full_crowd.rows


def _department(item: Offered) -> dict[str, Any]:
    department = item.department
    return {"code": department.code, "name": department.name, "school": department.school}


def _course(item: Offered) -> dict[str, Any]:
    course = item.course
    return {
        "id": course.course_id,
        "title": course.title,
        "description": course.description,
        "units_min": course.units_min,
        "units_max": course.units_max,
        "usual_units": course.usual_units,
        "level": course.level.value,
        "requirements": list(course.requirements),
        "gradings": [grading.value for grading in course.gradings],
        "topics": list(course.topics),
        "sample_fields": list(course.sample_fields),
        "repeatable": course.repeatable,
        "max_times": course.max_times,
        "prerequisites": str(course.prerequisites) if course.prerequisites else None,
    }


def _code_rows(item: Offered) -> list[dict[str, Any]]:
    course = item.course
    return [
        {"code": str(code), "course_id": course.course_id, "position": position}
        for position, code in enumerate(course.codes)
    ]


def _section(section: Section) -> dict[str, Any]:
    return {
        "class_id": section.class_id,
        "course_id": section.course_id,
        "term_id": section.term.term_id,
        "number": section.number,
        "component": section.component,
        "capacity": section.capacity,
        "waitlist_capacity": section.waitlist_capacity,
        "instructors": list(section.instructors),
        "parent": section.parent,
        "reserved": reserved_of(section),
    }


def _meetings(section: Section) -> list[dict[str, Any]]:
    return [
        {
            "class_id": section.class_id,
            "days": "".join(str(int(day)) for day in sorted(meeting.days)),
            "start": meeting.start,
            "end": meeting.end,
            "room": meeting.room,
        }
        for meeting in section.meetings
    ]


def _student(student: Student, sign_in: bool) -> dict[str, Any]:
    return {
        "suid": student.suid,
        "name": student.name,
        "programme": student.programme,
        "completed": sorted(str(code) for code in student.completed),
        "completed_all": student.completed_all,
        "max_units": student.max_units,
        "holds": list(student.holds),
        "window_opens": None,
        "window_closes": None,
        "groups": sorted(student.groups),
        "sign_in": sign_in,
    }
