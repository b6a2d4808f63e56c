"""Rows to frozen model values."""

from __future__ import annotations

from functools import lru_cache

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Department, Grading, Level, Section
from knowledge.model.prerequisites import Prerequisite, parse
from knowledge.model.schedule import Day, Meeting
from knowledge.model.students import Enrollment, Status, Student
from knowledge.model.terms import Quarter, Term, TermDates
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
    return CourseCode.parse(text)


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
    )


def term(row: TermRow) -> TermDates:
    """A term's dates."""
    return TermDates(
        Term(Quarter(row.quarter), row.year),
        row.starts,
        row.ends,
        row.enroll_opens,
        row.enroll_closes,
        row.drop_by,
    )


def section(row: SectionRow, enrolled: int = 0, waitlisted: int = 0) -> Section:
    """A section's value with its seats as counted."""
    return Section(
        class_id=row.class_id,
        course_id=row.course_id,
        code=_code(row.course.codes[0].code),
        term=Term(Quarter(row.term.quarter), row.term.year),
        number=row.number,
        component=row.component,
        meetings=tuple(_meeting(meeting) for meeting in row.meetings),
        instructors=tuple(row.instructors),
        capacity=row.capacity,
        waitlist_capacity=row.waitlist_capacity,
        enrolled=enrolled,
        waitlisted=waitlisted,
    )


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
    )


def enrollment(row: EnrollmentRow, of: SectionRow, position: int | None) -> Enrollment:
    """An enrollment as the student sees it."""
    return Enrollment(
        class_id=row.class_id,
        code=_code(of.course.codes[0].code),
        title=of.course.title,
        term=Term(Quarter(of.term.quarter), of.term.year),
        units=row.units,
        grading=Grading(row.grading),
        status=Status(row.status),
        position=position,
    )
