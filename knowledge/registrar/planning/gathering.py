"""Builds a planning case from the database, as one transaction sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.model.courses import Course, Section
from knowledge.model.programmes import Programme
from knowledge.model.students import Student
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates
from knowledge.registrar.cases import Cases
from knowledge.registrar.planning.bundles import bundles_of
from knowledge.registrar.planning.case import PlanningCase, Wishes
from knowledge.registrar.rules import Case, Taken
from knowledge.registrar.rules.seats import may_sit
from knowledge.storage.unit_of_work import Work

_A_YEAR = timedelta(days=365)


def plannable(calendar: AcademicCalendar, today: date, student: Student) -> list[TermDates]:
    """Terms that are not over and can still be enrolled in, now or later, in time order."""

    def closes(dates: TermDates) -> date:
        return dates.window_for(student.groups)[1]

    return [d for d in calendar.terms if not d.is_over(today) and today <= closes(d)]


def next_terms(open_ones: Iterable[TermDates], count: int) -> tuple[TermDates, ...]:
    """The next terms, within a year of the first; Summer only when nothing else is left."""
    listed = list(open_ones)
    listed = [dates for dates in listed if dates.starts - listed[0].starts < _A_YEAR]
    regular = [dates for dates in listed if dates.term.quarter is not Quarter.SUMMER]
    return tuple((regular or listed)[:count])


@dataclass(frozen=True)
class Gathering:
    """Reads what planning needs, within one transaction on one day."""

    work: Work
    today: date
    programme_of: Callable[[str], Programme]

    def case(
        self, suid: str, count: int, wishes: Wishes, named: frozenset[Term] = frozenset()
    ) -> PlanningCase:
        """The case of a student for the named terms, or else for the next `count`."""
        catalogue = self.work.catalogue
        student = self.work.students.get(suid)
        open_ones = plannable(catalogue.calendar(), self.today, student)
        asked = tuple(dates for dates in open_ones if dates.term in named)
        terms = asked if named else next_terms(open_ones, count)
        courses = {course.course_id: course for course in catalogue.courses()}
        taken = Cases(self.work, self.today).taken(suid)
        sections = [s for dates in terms for s in catalogue.sections(term=dates.term)]

        def has_seat(section: Section) -> bool:
            return self._has_seat(section, courses[section.course_id], student, taken)

        offered = bundles_of(sections, courses, has_seat)
        programme = self.programme_of(student.programme)
        return PlanningCase(student, programme, terms, courses, offered, taken, wishes, self.today)

    def _has_seat(
        self, section: Section, course: Course, student: Student, taken: tuple[Taken, ...]
    ) -> bool:
        """Whether this student could sit down now; seats kept for others are not free."""
        catalogue = self.work.catalogue
        groups = catalogue.seats.in_groups(section.class_id) if section.reserved else {}
        dates = catalogue.dates(section.term)
        return may_sit(Case(student, section, course, dates, taken, self.today, in_groups=groups))
