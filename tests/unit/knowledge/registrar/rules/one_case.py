"""One case against which nothing stands, to be bent by each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Level, Section
from knowledge.model.schedule import Day, Meeting
from knowledge.model.students import Status, Student
from knowledge.model.terms import Quarter, Term, TermDates
from knowledge.registrar.rules import Case, Taken, problems

WINTER, SPRING = Term(Quarter.WINTER, 2019), Term(Quarter.SPRING, 2019)
TODAY = date(2018, 11, 15)
DATES = TermDates(
    WINTER,
    starts=date(2019, 1, 7),
    ends=date(2019, 3, 22),
    enroll_opens=date(2018, 10, 28),
    enroll_closes=date(2019, 1, 25),
    drop_by=date(2019, 3, 1),
    withdraw_by=date(2019, 3, 15),
)


def course(code: str = "ALG101", number: int = 1, **more: Any) -> Course:
    base = Course(number, (CourseCode.parse(code),), code, "", 3, 5, 5, Level.UNDERGRADUATE)
    return replace(base, **more)


def section(of: Course, class_id: int = 100, day: Day = Day.MONDAY, **more: Any) -> Section:
    meeting = Meeting(frozenset({day}), time(10), time(10, 50))
    base = Section(class_id, of.course_id, of.code, WINTER, "01", "LEC", (meeting,), (), 10, 5)
    return replace(base, **more)


def case(**more: Any) -> Case:
    wanted = more.pop("course", course())
    student = Student("05551234", "A", "Undeclared", groups=frozenset({"undergraduate"}))
    base = Case(student, section(wanted), wanted, DATES, (), TODAY)
    return replace(base, **more)


def taken(of: Course, class_id: int = 900, **more: Any) -> Taken:
    status = more.pop("status", Status.ENROLLED)
    linked = more.pop("linked", None)
    return Taken(section(of, class_id, **{"day": Day.FRIDAY, **more}), of, status, 5, linked)


def slugs(of: Case) -> list[str]:
    return [problem.problem for problem in problems(of)]
