"""What the form and the Home tab show from Axess and ExploreCourses."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from knowledge import tokens
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.http import Service
from knowledge.clients.planning import PlanningClient
from knowledge.errors import QuadError
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

_TOKEN_LIFETIME = timedelta(minutes=5)
_TRUST = ssl.create_default_context()  # read once a process: it takes a while
_PATIENCE_SECONDS = 1.0  # the form must open within three


class Records:
    """Reads with the student's own token: the door can see no other's record by mistake."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._http = httpx.AsyncClient(verify=_TRUST)
        self._axess = Service("axess", settings.axess_url, self._http)
        catalogue = Service("explorecourses", settings.explorecourses_url, self._http)
        self._catalogue = ExploreCoursesClient(catalogue)

    async def enrollments(self, suid: str) -> list[dict[str, Any]] | None:
        """The student's classes as Axess tells them; None when it does not answer."""
        student = Principal(suid, Role.STUDENT)
        token = tokens.issue(student, self._settings.secret, _TOKEN_LIFETIME)
        headers = {"Authorization": f"Bearer {token}"}
        path = f"/students/{suid}/enrollments"
        try:
            held: list[dict[str, Any]] = await self._axess.call("GET", path, headers=headers)
        except QuadError:
            return None
        return held

    async def timetable(self, suid: str) -> str:
        """The address of the student's calendar file, which opens it for an hour; "" for none."""
        student = Principal(suid, Role.STUDENT)
        planning = PlanningClient(
            self._axess, lambda: tokens.issue(student, self._settings.secret, _TOKEN_LIFETIME)
        )
        try:
            path = (await planning.timetable(suid)).calendar
        except QuadError:
            return ""
        # Axess is reached by an inner address; browsers reach it below the site's own.
        below = self._settings.site_url + urlsplit(self._settings.axess_url).path
        return f"{below}{path}" if path else ""

    async def open_terms(self) -> Sequence[tuple[str, int]] | None:
        """The terms open for enrollment today, in order; None when nobody answers in time."""
        today = self._settings.clock()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                calendar = await self._catalogue.calendar()
        except (QuadError, TimeoutError):
            return None
        terms = [dates.term for dates in calendar.terms if dates.is_open(today)]
        return [(str(term.quarter), term.year) for term in sorted(terms)]

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
