"""The client of ExploreCourses."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from knowledge.clients import values
from knowledge.clients.http import Service
from knowledge.clients.values import CourseView, ResultsView, TitleMatch
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates

_CALENDAR_SECONDS = 1.0


@dataclass
class ExploreCoursesClient:
    """Catalogue look-ups; the calendar, which every turn needs, is kept for a second."""

    service: Service
    monotonic: Callable[[], float] = time.monotonic
    _calendar: AcademicCalendar | None = field(default=None, init=False)
    _asked_at: float = field(default=0.0, init=False)

    async def search(self, params: list[tuple[str, str]]) -> ResultsView:
        """Courses that match the JSON view's parameters."""
        given = [("view", "json"), *params]
        return await self.service.call("GET", "/search", params=given, read=values.results)

    async def course(self, code: str) -> CourseView:
        """One course with all its sections; raise UnknownCourse."""
        path = f"/courses/{_segment(code)}"
        return await self.service.call("GET", path, read=values.course)

    async def suggestions(self, code: str) -> list[TitleMatch]:
        """Courses that an unknown code may have meant."""
        path = f"/suggestions/{_segment(code)}"
        return await self.service.call("GET", path, read=values.matches)

    async def titles(self, text: str) -> list[TitleMatch]:
        """Courses that a typed title may mean, best first."""
        if not text.strip():
            return []
        params = [("q", text[:300])]
        return await self.service.call("GET", "/titles", params=params, read=values.matches)

    async def calendar(self) -> AcademicCalendar:
        """All terms as they stood at most a second ago: admins may change them at any time."""
        now = self.monotonic()
        if self._calendar is None or now - self._asked_at > _CALENDAR_SECONDS:
            self._calendar = await self.service.call("GET", "/terms", read=_calendar)
            self._asked_at = now
        return self._calendar


def _segment(code: str) -> str:
    """One path segment: a slash (also an escaped one) or dots alone would name another path."""
    return quote(code.replace("/", " ").replace(".", " ").strip() or "-", safe="")


def _calendar(terms: list[dict[str, Any]]) -> AcademicCalendar:
    if not isinstance(terms, list):
        raise TypeError(type(terms))
    return AcademicCalendar.of(_dates(entry) for entry in terms)


def _dates(entry: dict[str, Any]) -> TermDates:
    days = ("starts", "ends", "enroll_opens", "enroll_closes", "drop_by")
    term = Term(Quarter(entry["quarter"]), entry["year"])
    starts, ends, opens, closes, drop_by = (date.fromisoformat(entry[day]) for day in days)
    last = entry.get("withdraw_by")
    withdraw_by = date.fromisoformat(last) if last else None
    return TermDates(term, starts, ends, opens, closes, drop_by, withdraw_by)
