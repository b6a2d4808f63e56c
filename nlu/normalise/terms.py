"""Quarters and years, absolute or relative to the academic clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.normalise.numbers import words_to_groups

_SEASONS = (
    (re.compile(r"\b(aut\w*|fall|autum\w*|fal)\b", re.IGNORECASE), "Autumn"),
    (re.compile(r"\b(win\w*|wn?tr)\b", re.IGNORECASE), "Winter"),
    (re.compile(r"\b(spr\w*|spirng|sping)\b", re.IGNORECASE), "Spring"),
    (re.compile(r"\b(sum\w*)\b", re.IGNORECASE), "Summer"),
)
_NEXT = re.compile(r"\b(next|nxt|upcoming|following|coming)\b", re.IGNORECASE)
_THIS = re.compile(r"\b(this|current|now)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(last|previous|past)\b", re.IGNORECASE)
_AFTER_NEXT = re.compile(r"\bafter\s+(the\s+)?(next|nxt)\b", re.IGNORECASE)
_SHIFT = ((_AFTER_NEXT, 2), (_NEXT, 1), (_THIS, 0), (_LAST, -1))


@dataclass(frozen=True)
class QuarterValue:
    """A season, a shift against the running quarter (0 this, 1 next, -1 last), or both."""

    season: str | None
    shift: int | None = None


@dataclass(frozen=True)
class YearValue:
    """A calendar year, an academic year by its first year, or a shift against the running one."""

    year: int | None = None
    academic_start: int | None = None
    shift: int | None = None


def _shift(text: str) -> int | None:
    return next((shift for pattern, shift in _SHIFT if pattern.search(text)), None)


def quarter(text: str) -> QuarterValue | None:
    """ "fall" → Autumn; "next quarter" → shift 1; "next winter" → both; None when it is neither."""
    season = next((name for pattern, name in _SEASONS if pattern.search(text)), None)
    shift = _shift(text)
    return None if season is None and shift is None else QuarterValue(season, shift)


def year(text: str) -> YearValue | None:
    """ "2019", "'19", "2018-19", "twenty nineteen", "next year" → a value; else None."""
    span = re.search(r"(?<!\d)(?:20)?(\d{2})\s?[-–/]\s?(?:20)?(\d{2})(?!\d)", text)
    if span and (int(span.group(1)) + 1) % 100 == int(span.group(2)):
        return YearValue(academic_start=2000 + int(span.group(1)))
    digits = re.search(r"(?<!\d)(?:'|’)?((?:19|20)?\d{2})(?!\d)", text)
    if digits:
        number = int(digits.group(1))
        return YearValue(year=number if number >= 100 else 2000 + number)
    spoken = _spoken_year(words_to_groups(text))
    if spoken is not None:
        return YearValue(year=spoken)
    shift = _shift(text)
    return None if shift is None else YearValue(shift=shift)


def _spoken_year(groups: list[int]) -> int | None:
    if len(groups) == 2 and groups[0] == 20 and groups[1] < 100:
        return 2000 + groups[1]
    if len(groups) == 1 and 1900 <= groups[0] < 2100:
        return groups[0]
    return 2000 + groups[0] if len(groups) == 1 and 10 <= groups[0] < 100 else None
