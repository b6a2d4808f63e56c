"""Rows to frozen model values."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Department, Grading, Level, Reserved, Section
from knowledge.model.prerequisites import Prerequisite, parse
from knowledge.model.schedule import Day, Meeting
from knowledge.model.students import Enrollment, Status, Student
from knowledge.model.terms import GroupWindow, Quarter, Term, TermDates
from knowledge.storage.orm import (
    CourseRow,
    DepartmentRow,
    EnrollmentRow,
    MeetingRow,
    SectionRow,
    StudentRow,
    TermRow,
)


@lru_cache(maxsize=20_000)
def _code(text: str) -> CourseCode:
    return CourseCode.listed(text)


@lru_cache(maxsize=20_000)
def _prerequisites(text: str) -> Prerequisite:
    return parse(text)


def department(row: DepartmentRow) -> Department:
    """A department's value."""
    return Department(row.code, row.name, row.school)


def course(row: CourseRow) -> Course:
    """A course's value with its parsed prerequisites."""
    return Course(
        course_id=row.id,
        codes=tuple(_code(code.code) for code in row.codes),
        title=row.title,
        description=row.description,
        units_min=row.units_min,
        units_max=row.units_max,
        usual_units=row.usual_units,
        level=Level(row.level),
        requirements=tuple(row.requirements),
        gradings=tuple(Grading(grading) for grading in row.gradings),
        repeatable=row.repeatable,
        prerequisites=_prerequisites(row.prerequisites) if row.prerequisites else None,
        topics=tuple(row.topics),
        sample_fields=tuple(row.sample_fields),
        max_times=row.max_times,
        prerequisite_prose=row.prerequisite_prose,
        prerequisite_confidence=row.prerequisite_confidence,
        extras=row.extras,
        version=row.version,
    )


def term_of(row: TermRow) -> Term:
    """A term without its dates."""
    return Term(Quarter(row.quarter), row.year)


def term(row: TermRow) -> TermDates:
    """A term's dates."""
    return TermDates(
        term_of(row),
        row.starts,
        row.ends,
        row.enroll_opens,
        row.enroll_closes,
        row.drop_by,
        row.withdraw_by,
        tuple(GroupWindow(w.group, w.opens, w.closes) for w in row.windows),
    )


def section(row: SectionRow, enrolled: int = 0, waitlisted: int = 0) -> Section:
    """A section's value with its seats as counted."""
    return Section(
        class_id=row.class_id,
        course_id=row.course_id,
        code=_code(row.course.codes[0].code),
        term=term_of(row.term),
        number=row.number,
        component=row.component,
        meetings=tuple(_meeting(meeting) for meeting in row.meetings),
        instructors=tuple(row.instructors),
        capacity=row.capacity,
        waitlist_capacity=row.waitlist_capacity,
        enrolled=enrolled,
        waitlisted=waitlisted,
        parent=row.parent,
        add_consent=row.add_consent,
        reserved=tuple(_reserved(entry) for entry in row.reserved),
        cancelled=row.cancelled,
        extras=row.extras,
        version=row.version,
    )


def _reserved(entry: dict[str, Any]) -> Reserved:
    return Reserved(entry["group"], entry["seats"], date.fromisoformat(entry["until"]))


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(frozenset(Day(int(digit)) for digit in row.days), row.start, row.end, row.room)


def student(row: StudentRow) -> Student:
    """A student's record."""
    window = (
        (row.window_opens, row.window_closes) if row.window_opens and row.window_closes else None
    )
    return Student(
        suid=row.suid,
        name=row.name,
        programme=row.programme,
        completed=frozenset(_code(code) for code in row.completed),
        completed_all=row.completed_all,
        max_units=row.max_units,
        holds=tuple(row.holds),
        window=window,
        groups=frozenset(row.groups),
        version=row.version,
    )


def enrollment(
    row: EnrollmentRow, section: Section, of: Course, position: int | None
) -> Enrollment:
    """An enrollment as the student sees it."""
    return Enrollment(
        class_id=row.class_id,
        code=of.code,
        title=of.title,
        term=section.term,
        units=row.units,
        grading=Grading(row.grading),
        status=Status(row.status),
        position=position,
        linked_class_id=row.linked_class_id,
    )
