"""Weekly meetings and whether they clash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import IntEnum


class Day(IntEnum):
    """Days as ExploreCourses' day filter numbers them (1 is Sunday)."""

    SUNDAY = 1
    MONDAY = 2
    TUESDAY = 3
    WEDNESDAY = 4
    THURSDAY = 5
    FRIDAY = 6
    SATURDAY = 7

    @property
    def full_name(self) -> str:
        """The day's English name: "Monday"."""
        return self.name.capitalize()


def minutes(moment: time) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True)
class Meeting:
    """One weekly pattern: days, start, end and room."""

    days: frozenset[Day]
    start: time
    end: time
    room: str = ""

    @property
    def text(self) -> str:
        """The meeting as students read it: "Mon Wed Fri 10:30-11:20, Gates B01"."""
        days = " ".join(day.full_name[:3] for day in sorted(self.days))
        times = f"{self.start:%-H:%M}-{self.end:%-H:%M}"
        return f"{days} {times}, {self.room}" if self.room else f"{days} {times}"

    def overlaps(self, other: Meeting) -> bool:
        """Whether both meet at the same moment of some day (touching ends do not clash)."""
        return bool(self.days & other.days) and self.start < other.end and other.start < self.end


def clash(ours: Iterable[Meeting], theirs: Iterable[Meeting]) -> bool:
    """Whether any meeting of the first overlaps any of the second."""
    others = tuple(theirs)
    return any(meeting.overlaps(other) for meeting in ours for other in others)
