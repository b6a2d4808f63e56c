"""The client of ExploreCourses' XML: the mock's or a real server's, with all that such a one does.

A body is parsed as it arrives and is never held whole. What a server does wrong comes out as a
typed error: nothing answered (ServiceUnavailable), or something that is no catalogue
(ServiceMisbehaved). A course with a field that cannot be read is left out and told.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import TypeVar

import httpx

from knowledge.clients.http import Retries
from knowledge.errors import QuadError, ServiceMisbehaved, ServiceUnavailable
from knowledge.formats.faults import (
    ConstructForbidden,
    EncodingRefused,
    FieldInvalid,
    FileForeign,
    FileMalformed,
    LimitExceeded,
)
from knowledge.formats.limits import Limits
from knowledge.formats.records import CourseRecord, DepartmentRecord
from knowledge.formats.views import View
from knowledge.formats.xml_reader import CourseFeed, read_departments

SERVICE = "explorecourses"
_TIMEOUT = httpx.Timeout(connect=3.0, read=30.0, write=5.0, pool=5.0)
_PASSING = frozenset({502, 503, 504})
_FAULTS = (
    ConstructForbidden,
    EncodingRefused,
    FieldInvalid,
    FileForeign,
    FileMalformed,
    LimitExceeded,
)
_LIST_BYTES = 4 << 20
_RETRIES, _LIMITS = Retries(), Limits()
T = TypeVar("T")
_Read = Callable[[httpx.Response], Awaitable[T]]


@dataclass(frozen=True)
class Listing:
    """The courses of one answer, and the faults of those that had to be left out."""

    courses: tuple[CourseRecord, ...]
    faults: tuple[FieldInvalid, ...]


@dataclass(frozen=True)
class ExploreCoursesXml:
    """Reads departments and courses at a base address, over a shared connection pool.

    `patience_seconds` bounds one whole answer, however slowly its pieces come.
    """

    base_url: str
    http: httpx.AsyncClient
    view: View = View.LATEST
    retries: Retries = _RETRIES
    limits: Limits = _LIMITS
    patience_seconds: float = 120.0
    timeout: httpx.Timeout = field(default_factory=lambda: _TIMEOUT)

    async def departments(self) -> tuple[DepartmentRecord, ...]:
        """Every department once."""
        return await self._asked("/", [("view", str(self.view))], self._departments)

    async def courses(
        self, department: str, year: int, filters: Iterable[str] = (), query: str = ""
    ) -> Listing:
        """A department's courses in the academic year that begins in `year`.

        `filters` are check boxes by their short names, such as "term-Winter" or "units-gt5".
        """
        params = [
            ("view", str(self.view)),
            ("academicYear", f"{year}{year + 1}"),
            ("q", query or department),
            ("filter-coursestatus-Active", "on"),
            (f"filter-departmentcode-{department}", "on"),
            *((f"filter-{name}", "on") for name in filters),
        ]
        return await self._asked("/search", params, self._listing)

    async def _departments(self, response: httpx.Response) -> tuple[DepartmentRecord, ...]:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > _LIST_BYTES:
                raise LimitExceeded(1, 1, "list of departments", _LIST_BYTES)
        return tuple(read_departments(BytesIO(body), self.limits))

    async def _listing(self, response: httpx.Response) -> Listing:
        faults: list[FieldInvalid] = []
        feed = CourseFeed(self.limits, faults.append)
        courses: list[CourseRecord] = []
        async for chunk in response.aiter_bytes():
            courses.extend(feed.feed(chunk))
        courses.extend(feed.close())
        return Listing(tuple(courses), tuple(faults))

    async def _asked(self, path: str, params: list[tuple[str, str]], read: _Read[T]) -> T:
        """What `read` makes of the answer; silence, cut bodies and 502 to 504 are tried again."""
        for attempt in range(self.retries.attempts):
            if attempt:
                await self.retries.sleep(random.uniform(0, self.retries.base_seconds * 2**attempt))
            try:
                async with asyncio.timeout(self.patience_seconds):
                    return await self._once(path, params, read)
            except (httpx.TransportError, TimeoutError, _Passing):
                continue
        raise ServiceUnavailable(SERVICE)

    async def _once(self, path: str, params: list[tuple[str, str]], read: _Read[T]) -> T:
        url = self.base_url.rstrip("/") + path
        query = httpx.QueryParams([*params])
        async with self.http.stream("GET", url, params=query, timeout=self.timeout) as response:
            if response.status_code in _PASSING:
                raise _Passing
            if not response.is_success:
                raise ServiceMisbehaved(SERVICE, f"status {response.status_code}")
            try:
                return await read(response)
            except _FAULTS as fault:
                raise ServiceMisbehaved(SERVICE, _told(fault)) from fault
            except httpx.DecodingError as error:
                raise ServiceMisbehaved(SERVICE, "undecodable body") from error


class _Passing(Exception):
    """A status that a moment's patience may cure."""


def _told(fault: QuadError) -> str:
    place = ", ".join(f"{name} {value}" for name, value in fault.data().items())
    return f"{fault.problem}: {place}"
