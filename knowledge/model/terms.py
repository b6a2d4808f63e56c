"""Quarters, terms and the academic calendar: which term is now, next, open or over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Quarter(StrEnum):
    """The four quarters, in the order of an academic year."""

    AUTUMN = "Autumn"
    WINTER = "Winter"
    SPRING = "Spring"
    SUMMER = "Summer"

    @property
    def ordinal(self) -> int:
        """0 for Autumn to 3 for Summer."""
        return list(Quarter).index(self)


@dataclass(frozen=True)
class Term:
    """One quarter of one calendar year: Winter 2019 lies in the academic year 2018-19."""

    quarter: Quarter
    year: int

    @property
    def academic_year_start(self) -> int:
        """The year in which the academic year of this term began (2018 for Winter 2019)."""
        return self.year if self.quarter is Quarter.AUTUMN else self.year - 1

    @property
    def academic_year(self) -> str:
        """The academic year as students write it: "2018-19"."""
        start = self.academic_year_start
        return f"{start}-{(start + 1) % 100:02d}"

    @property
    def term_id(self) -> int:
        """ExploreCourses' termId: 1 + the two digits of the end year + 2, 4, 6 or 8."""
        end = self.academic_year_start + 1
        return (end >= 2000) * 1000 + (end % 100) * 10 + 2 * (self.quarter.ordinal + 1)

    @property
    def next(self) -> Term:
        """The term that follows."""
        following = list(Quarter)[(self.quarter.ordinal + 1) % 4]
        return Term(following, self.year + (following is Quarter.WINTER))

    def __lt__(self, other: Term) -> bool:
        return self.term_id < other.term_id

    def __str__(self) -> str:
        return f"{self.quarter} {self.year}"


@dataclass(frozen=True)
class GroupWindow:
    """When one group of students may add sections of a term, both days included."""

    group: str
    opens: date
    closes: date


@dataclass(frozen=True)
class TermDates:
    """When a term runs, when it can be enrolled in, and until when a course can be left.

    Until `drop_by` a drop leaves no trace; until `withdraw_by` it leaves a W on the transcript.
    `windows` hold the groups of students that may enroll at other times.
    """

    term: Term
    starts: date
    ends: date
    enroll_opens: date
    enroll_closes: date
    drop_by: date
    withdraw_by: date | None = None
    windows: tuple[GroupWindow, ...] = ()

    def window_for(self, groups: frozenset[str]) -> tuple[date, date]:
        """From when to when a student of these groups may enroll: the widest that applies."""
        own = [window for window in self.windows if window.group in groups]
        opens = min((window.opens for window in own), default=self.enroll_opens)
        closes = max((window.closes for window in own), default=self.enroll_closes)
        return opens, closes

    def is_over(self, today: date) -> bool:
        """Whether the term has ended."""
        return today > self.ends

    def is_open(self, today: date) -> bool:
        """Whether sections can be added."""
        return self.enroll_opens <= today <= self.enroll_closes


@dataclass(frozen=True)
class AcademicCalendar:
    """All known terms in order; answers every question that starts with "which term is"."""

    terms: tuple[TermDates, ...]

    @classmethod
    def of(cls, terms: Iterable[TermDates]) -> AcademicCalendar:
        """Build the calendar from terms in any order."""
        return cls(tuple(sorted(terms, key=lambda dates: dates.starts)))

    def find(self, term: Term) -> TermDates | None:
        """The dates of a term, or None when it is not in the calendar."""
        return next((dates for dates in self.terms if dates.term == term), None)

    def current(self, today: date) -> TermDates | None:
        """The term that is running, or (in a break) the one that comes next."""
        return next((dates for dates in self.terms if today <= dates.ends), None)

    def following(self, today: date) -> TermDates | None:
        """The first term that has not yet begun: "next quarter"."""
        return next((dates for dates in self.terms if today < dates.starts), None)

    def upcoming(self, quarter: Quarter, today: date) -> TermDates | None:
        """The nearest term of that quarter which is not over."""
        candidates = (dates for dates in self.terms if dates.term.quarter is quarter)
        return next((dates for dates in candidates if not dates.is_over(today)), None)
