"""Reads a list of courses and picks from it: by place, by code, or by the day one meets."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.policy.simulator.goals.goal import Saying, Seat
from bot.policy.simulator.student.reading import Heard
from bot.policy.simulator.words.surfaces import ordinal

_ENTRY = re.compile(r"^(\d+)\. ([A-Z][A-Z&]*\d+[A-Z]*)\b(.*(?:\n(?!\d+\. ).*)*)", re.MULTILINE)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_BY_PLACE, _BY_DAY = 0.6, 0.15  # of the picks; the others name the code


@dataclass(frozen=True)
class Entry:
    """A line of a list with what stands below it: its number, code and days."""

    number: int
    code: str
    text: str

    @property
    def days(self) -> frozenset[str]:
        """The days any of its sections meets."""
        return frozenset(day for day in _DAYS if re.search(rf"\b{day}\b", self.text))


def entries(text: str) -> tuple[Entry, ...]:
    """The numbered courses of a text in order."""
    return tuple(Entry(int(n), code, rest) for n, code, rest in _ENTRY.findall(text))


def from_list(
    found: Heard, choices: Mapping[str, Seat], first_page: bool, chance: random.Random
) -> tuple[Seat, Saying] | None:
    """One of the wanted classes on this list and the words for it; None when none is there."""
    shown = entries(found.text)
    wanted = [(place, entry) for place, entry in enumerate(shown) if entry.code in choices]
    if not wanted:
        return None
    place, entry = chance.choice(wanted)
    seat = choices[entry.code]
    draw, when = chance.random(), seat.named if chance.random() < 0.5 else {}
    if first_page and draw < _BY_PLACE:
        return seat, Saying("enroll_ordinal", {"ordinal": ordinal(place, chance), **when})
    alone = [day for day in entry.days if sum(day in other.days for other in shown) == 1]
    if first_page and alone and draw < _BY_PLACE + _BY_DAY:
        return seat, Saying("enroll_on_day", {"day": chance.choice(sorted(alone)), **when})
    return seat, Saying("enroll", {"class": ("code", entry.code), **seat.named})
