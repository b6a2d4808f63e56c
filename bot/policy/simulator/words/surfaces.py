"""How students write a value: codes with and without a space, "winter quarter", "'19"."""

from __future__ import annotations

import random
import re

_CODE = re.compile(r"([A-Z&]+)(\d+)([A-Z]*)")
_QUARTERS = {
    "Autumn": ("fall", "autumn", "fall quarter", "Autumn", "Fall", "autumn quarter", "aut"),
    "Winter": ("winter", "winter", "Winter", "winter quarter", "winter term", "wtr", "win"),
    "Spring": ("spring", "spring", "Spring", "spring quarter", "spring term", "spr"),
    "Summer": ("summer", "summer", "Summer", "summer quarter", "summer term"),
}
_DAYS = {"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def surface(slot: str, value: str, chance: random.Random) -> str:
    """One way of writing a value of this slot."""
    if slot == "code":
        return _code(value, chance)
    if slot == "title":
        return value.lower() if chance.random() < 0.5 else value
    if slot == "quarter":
        return chance.choice(_QUARTERS[value])
    if slot == "year":
        return value if chance.random() < 0.8 else f"'{value[2:]}"
    if slot == "day":
        return _day(value, chance)
    return value


def ordinal(place: int, chance: random.Random) -> str:
    """The word for a place in a list, counted from 0; a numeral now and then."""
    numeral = {0: "1st", 1: "2nd", 2: "3rd"}.get(place, f"{place + 1}th")
    return _ORDINALS[place] if chance.random() < 0.8 and place < len(_ORDINALS) else numeral


def _code(code: str, chance: random.Random) -> str:
    match = _CODE.fullmatch(code)
    if match is None:
        return code
    subject, number, suffix = match.groups()
    form = chance.choice(("{0}{1}{2}", "{0}{1}{2}", "{0} {1}{2}", "{0} {1}{2}", "{0}-{1}{2}"))
    text = form.format(subject, number, suffix)
    return text.lower() if chance.random() < 0.4 else text


def _day(day: str, chance: random.Random) -> str:
    full = _DAYS.get(day[:3], day)
    return chance.choice((f"{full}s", full, f"{full.lower()}s", full.lower(), full[:3]))
