"""Closed sets: levels, requirements, grading bases, attributes and numbers of units."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.normalise.numbers import first_number, words_to_groups


@dataclass(frozen=True)
class LevelValue:
    """A career, a range of catalogue numbers ("400-level" → 400 to 499), or both."""

    career: str | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class UnitsValue:
    """A range of units; both ends are the same for a plain number."""

    low: int
    high: int


_REQUIREMENTS = (
    (r"a[\s\-]?i{2}|aesthetic|interpretive", "WAY-A-II"),
    (r"aqr|applied quant", "WAY-AQR"),
    (r"\bce\b|wayce|creative", "WAY-CE"),
    (r"\bed\b|wayed|edp|diversity|exploring diff", "WAY-ED"),
    (r"\ber\b|wayer|ethic", "WAY-ER"),
    (r"\bfr\b|wayfr|formal reas", "WAY-FR"),
    (r"\bsma\b|waysma|scientific", "WAY-SMA"),
    (r"\bsi\b|waysi|social inq", "WAY-SI"),
    (r"(writ|pwr)\w*\W*(and rhetoric\W*)?(2|two)", "Writing2"),
    (r"writ|pwr|rhetoric", "Writing1"),
    (r"language", "Language"),
)
_GRADINGS = (
    (r"satisf|s/?nc\b|s/?u\b", "satisfactory"),
    (r"credit|\bcr\b|c/?nc|cr/?nc|pass|p/?np|p/?f|no[\s-]?grade|ungraded", "credit"),
    (r"letter|graded?\b|\babc\b|for a grade|a-f", "letter"),
)
_ATTRIBUTES = (
    (r"wait\s?-?list", "waitlist"),
    (r"pre[\s-]?re?q|require|need|before (taking|i)|background", "prerequisites"),
    (r"who|instructor|prof|teach|taught|lecturer|faculty", "instructor"),
    (r"where|room|location|building|place|located|held", "place"),
    (r"when|what time|time|days?\b|schedule|meet|hours|start", "time"),
    (r"unit|credit(?!\s*/?\s*no)|how many cr", "units"),
    (r"seat|full|spot|space|room left|capacity|open|available|availab", "seats"),
    (r"workload|hours a week|how much work|heavy|hw", "workload"),
    (r"grad(ed|ing|es?)|pass|letter", "grading"),
    (r"about|descri|cover|topic|syllabus|content|learn|detail|info|summary", "description"),
)


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    folded = text.lower()
    return next((value for pattern, value in table if re.search(pattern, folded)), None)


def requirement(text: str) -> str | None:
    """ "way-si", "WAYSI", "social inquiry" → "WAY-SI"; None when it is none we know."""
    return _first(_REQUIREMENTS, text)


def grading(text: str) -> str | None:
    """ "pass/fail" → "credit", "letter grade" → "letter"; None when unclear."""
    return _first(_GRADINGS, text)


def attribute(text: str) -> str | None:
    """ "who teaches" → "instructor"; the canonical attribute of a question, or None."""
    return _first(_ATTRIBUTES, text)


def level(text: str) -> LevelValue | None:
    """ "undergrad", "upper", "400-level" → careers and number ranges; None when unclear."""
    folded = text.lower()
    hundreds = re.search(r"(\d)00", folded)
    if hundreds:
        low = int(hundreds.group(1)) * 100
        return LevelValue(None, low, low + 99)
    if re.search(r"under\s?-?gr|\bug\b|bachelor|college|undrgrad|ugrad", folded):
        upper = re.search(r"upper|advanced", folded)
        return LevelValue("undergraduate", 100 if upper else None, 199 if upper else None)
    if re.search(r"grad|\bphd\b|master|doctoral|\bms\b|\bgr\b", folded):
        return LevelValue("graduate")
    if re.search(r"upper|advanced|senior|junior", folded):
        return LevelValue("undergraduate", 100, 199)
    if re.search(r"intro|lower|begin|freshm|frosh|first[\s-]year|entry|basic|sophomore", folded):
        return LevelValue("undergraduate", 1, 99)
    return None


def units(text: str) -> UnitsValue | None:
    """ "5u", "9-credit", "three", "3-4", "at least 3" → a range; None without a number."""
    numbers = [int(n) for n in re.findall(r"\d+", text)] or words_to_groups(text)
    numbers = [n for n in numbers if 0 <= n <= 30]
    if not numbers:
        return None
    if len(numbers) >= 2 and numbers[0] <= numbers[1]:
        return UnitsValue(numbers[0], numbers[1])
    first, folded = numbers[0], text.lower()
    if re.search(r"more than|over|above", folded):
        return UnitsValue(min(first + 1, 30), 30)
    if re.search(r"less|fewer|under|below", folded):
        return UnitsValue(0, max(first - 1, 0))
    if re.search(r"least|more|minimum|\+", folded):
        return UnitsValue(first, 30)
    if re.search(r"most|max|up to", folded):
        return UnitsValue(0, first)
    return UnitsValue(first, first)


def number(text: str) -> int | None:
    """The first number of a span, in digits or words."""
    return first_number(text)
