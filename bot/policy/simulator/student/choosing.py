"""Picks one of the choices the bot shows and says which, as students point: by number, place, day
or teacher.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from bot.policy.simulator.goals.goal import Saying, Seat
from bot.policy.simulator.student.listing import entries
from bot.policy.simulator.student.reading import Heard, the_reader
from bot.policy.simulator.words.surfaces import ordinal

_NUMBER = re.compile(r"[Ss]ection (\w+)")
_CODE = re.compile(r"\b[A-Z][A-Z&]*\s?\d+[A-Z]*\b")
_DAY = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri)\b")
_FULL = "(full)"
_ORDINARY = 0.5  # of the picks are by place


def section(buttons: Sequence[str], seat: Seat, chance: random.Random) -> Saying | None:
    """One of the wanted sections; None when none of them is shown."""
    right = [
        (place, label)
        for place, label in enumerate(buttons)
        if _number(label) in seat.numbers and (seat.waitlist or _FULL not in label)
    ]
    return _pointed(right, buttons, chance)


def linked(buttons: Sequence[str], chance: random.Random) -> Saying | None:
    """Any of the discussions or labs."""
    return _pointed(list(enumerate(buttons)), buttons, chance)


def enrollment(buttons: Sequence[str], seat: Seat) -> Saying | None:
    """The class that is held, by its term."""
    label = f"{seat.code}, {seat.term}"
    return Saying("quarter", seat.named) if label in buttons else None


def course(question: Heard, code: str, chance: random.Random) -> Saying:
    """The wanted class among those shown, or that it isn't there."""
    shown = [label.split(" ")[0] for label in question.buttons]
    shown = shown or [entry.code for entry in entries(question.text)]
    if code not in shown:
        return Saying("none_of_these", {"class": ("code", code)})
    if chance.random() < _ORDINARY:
        return Saying("pick_ordinal", {"ordinal": ordinal(shown.index(code), chance)})
    return Saying("pick_course", {"class": ("code", code)})


def reading(buttons: Sequence[str], intent: str, wanted: frozenset[str]) -> Saying | None:
    """A press on what was meant; of another class, or when nothing is right, on the last button."""
    for label in buttons:
        heard = next(iter(the_reader().parts(label)), None)
        if heard is None or heard.name != f"reading_{intent}":
            continue
        named = {code.replace(" ", "") for code in _CODE.findall(label)}
        if not named or named & wanted:
            return Saying("click", {"label": label})
    return Saying("click", {"label": buttons[-1]}) if buttons else None


def _pointed(
    right: Sequence[tuple[int, str]], buttons: Sequence[str], chance: random.Random
) -> Saying | None:
    if not right:
        return None
    place, label = chance.choice(right)
    if chance.random() < _ORDINARY:
        return Saying("section_ordinal", {"ordinal": ordinal(place, chance)})
    days = [day for day in _DAY.findall(label) if _alone(day, buttons)]
    if days and chance.random() < _ORDINARY:
        return Saying("section_day", {"day": days[0]})
    number = _number(label)
    if number is None:
        return Saying("section_ordinal", {"ordinal": ordinal(place, chance)})
    return Saying("section_number", {"number": number})


def _number(label: str) -> str | None:
    found = _NUMBER.search(label)
    return found.group(1) if found else None


def _alone(day: str, buttons: Sequence[str]) -> bool:
    return sum(day in _DAY.findall(label) for label in buttons) == 1
