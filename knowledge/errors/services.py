"""Services that are away or not themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors.root import QuadError


@dataclass(eq=False)
class ServiceUnavailable(QuadError):
    """Axess or ExploreCourses could not be reached, after bounded retries."""

    problem: ClassVar[str] = "service-unavailable"
    status: ClassVar[int] = 503
    service: str


@dataclass(eq=False)
class ServiceBusy(QuadError):
    """The database is away, or kept giving way to others; nothing was changed."""

    problem: ClassVar[str] = "service-busy"
    status: ClassVar[int] = 503
    retry_after: int = 1  # seconds


@dataclass(eq=False)
class ServiceMisbehaved(QuadError):
    """A service answered with something the client cannot read."""

    problem: ClassVar[str] = "service-misbehaved"
    status: ClassVar[int] = 502
    service: str
    detail: str
