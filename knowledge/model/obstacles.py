"""Named facts that keep a course out of a plan: what a "why not?" is answered with.

Each carries its data and a stable `kind`; the planner returns them, Axess sends them, the clients
turn them back into the same classes, and `bot/domain/planning.yml` holds a sentence for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True)
class Obstacle:
    """Root of all of them."""

    kind: ClassVar[str] = ""
    code: str

    def to_json(self) -> dict[str, Any]:
        """Its kind and data as plain values."""
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True)
class Completed(Obstacle):
    """The course has been passed and cannot be repeated."""

    kind: ClassVar[str] = "completed"


@dataclass(frozen=True)
class AlreadyIn(Obstacle):
    """The student takes (or waits for) the course already."""

    kind: ClassVar[str] = "already-in"
    quarter: str
    year: int


@dataclass(frozen=True)
class NotOffered(Obstacle):
    """The course is not taught in that term."""

    kind: ClassVar[str] = "not-offered"
    quarter: str
    year: int


@dataclass(frozen=True)
class NeedsFirst(Obstacle):
    """The prerequisites are not met before it; `missing` is their unmet part."""

    kind: ClassVar[str] = "needs-first"
    missing: str


@dataclass(frozen=True)
class Clash(Obstacle):
    """Every open section meets at the time of another course, which is taken or also wanted."""

    kind: ClassVar[str] = "clash"
    other: str
    quarter: str
    year: int


@dataclass(frozen=True)
class OverUnits(Obstacle):
    """The term's units would pass the limit."""

    kind: ClassVar[str] = "over-units"
    quarter: str
    year: int
    limit: int
    taken: int


@dataclass(frozen=True)
class NoSeat(Obstacle):
    """A section that would do has no seat left for this student."""

    kind: ClassVar[str] = "no-seat"
    quarter: str
    year: int


@dataclass(frozen=True)
class NeedsConsent(Obstacle):
    """Only the instructor's consent opens a section that would do."""

    kind: ClassVar[str] = "needs-consent"
    quarter: str
    year: int


@dataclass(frozen=True)
class UnwantedDay(Obstacle):
    """A section that would do meets on a day the student keeps free."""

    kind: ClassVar[str] = "unwanted-day"
    day: str
    quarter: str
    year: int


@dataclass(frozen=True)
class UnwantedTime(Obstacle):
    """A section that would do meets outside the hours the student wants."""

    kind: ClassVar[str] = "unwanted-time"
    earliest: str
    latest: str
    quarter: str
    year: int


@dataclass(frozen=True)
class Unwanted(Obstacle):
    """The student asked to leave the course out."""

    kind: ClassVar[str] = "unwanted"


@dataclass(frozen=True)
class OnHold(Obstacle):
    """The record carries a hold, so nothing can be added."""

    kind: ClassVar[str] = "on-hold"
    hold: str


@dataclass(frozen=True)
class WindowOver(Obstacle):
    """Enrollment for that term is over (for this student)."""

    kind: ClassVar[str] = "window-over"
    quarter: str
    year: int
    closed: str


_KINDS: dict[str, type[Obstacle]] = {kind.kind: kind for kind in Obstacle.__subclasses__()}


def obstacle(data: Mapping[str, Any]) -> Obstacle:
    """The fact that `to_json` wrote; KeyError or TypeError for anything else."""
    kind = _KINDS[data["kind"]]
    return kind(**{field.name: data[field.name] for field in fields(kind)})
