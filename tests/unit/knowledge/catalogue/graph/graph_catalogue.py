"""A catalogue of a few courses, written as code → prerequisites, for tests of the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from knowledge.catalogue.query import CourseHit
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Department, Level, Section
from knowledge.model.prerequisites import parse
from knowledge.model.schedule import Day, Meeting
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates


@dataclass(frozen=True)
class SmallCatalogue:
    """What the graph reads of a catalogue."""

    version: int
    calendar: AcademicCalendar
    departments: tuple[Department, ...]
    courses: dict[int, Course]
    by_code: dict[str, Course]
    sections: dict[int, tuple[Section, ...]]


TODAY = date(2018, 11, 15)
TERMS = {
    Quarter.AUTUMN: (Term(Quarter.AUTUMN, 2018), date(2018, 9, 24)),
    Quarter.WINTER: (Term(Quarter.WINTER, 2019), date(2019, 1, 7)),
    Quarter.SPRING: (Term(Quarter.SPRING, 2019), date(2019, 4, 1)),
}


def codes(text: str) -> list[CourseCode]:
    return [CourseCode.parse(code) for code in text.split()]


def course(
    number: int,
    listed: str,
    needs: str = "",
    topics: Sequence[str] = (),
    requirements: Sequence[str] = (),
    units: tuple[int, int] = (3, 3),
    level: Level = Level.UNDERGRADUATE,
) -> Course:
    return Course(
        number,
        tuple(codes(listed)),
        f"Title of {listed.split()[0]}",
        "",
        *units,
        units[0],
        level,
        prerequisites=parse(needs) if needs else None,
        topics=tuple(topics),
        requirements=tuple(requirements),
    )


def section(
    of: Course,
    number: int,
    quarter: Quarter = Quarter.WINTER,
    teacher: str = "Ada Lamp",
    days: Sequence[Day] = (Day.MONDAY,),
    enrolled: int = 0,
) -> Section:
    return Section(
        of.course_id * 10 + number,
        of.course_id,
        of.code,
        TERMS[quarter][0],
        f"{number:02d}",
        "LEC",
        (Meeting(frozenset(days), time(10), time(11)),),
        (teacher,),
        100,
        10,
        enrolled,
    )


def snapshot(
    courses: Sequence[Course], sections: Sequence[Section] | None = None
) -> SmallCatalogue:
    """Courses with these sections, or each with one in winter."""
    given = [section(each, 1) for each in courses] if sections is None else sections
    return SmallCatalogue(
        version=1,
        calendar=AcademicCalendar.of(
            TermDates(term, starts, starts + timedelta(80), date(2018, 9, 1),
                      starts + timedelta(18), starts + timedelta(50))
            for term, starts in TERMS.values()
        ),
        departments=(Department("CS", "Computer Science", "Engineering"),),
        courses={each.course_id: each for each in courses},
        by_code={str(code): each for each in courses for code in each.codes},
        sections={
            each.course_id: tuple(s for s in given if s.course_id == each.course_id)
            for each in courses
        },
    )  # fmt: skip


def of_needs(needs: Mapping[str, str]) -> SmallCatalogue:
    """Courses from code → prerequisites, numbered in order."""
    listed = enumerate(needs.items(), 1)
    return snapshot([course(number, code, wanted) for number, (code, wanted) in listed])


def hits(found: SmallCatalogue) -> list[CourseHit]:
    return [CourseHit(each, found.sections[key], 0.0) for key, each in found.courses.items()]
