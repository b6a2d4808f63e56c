"""What a search says about days, hours and effort: "not on Fridays before 10", "an easy one"."""

from __future__ import annotations

import re
from typing import Any

from bot.dialogue import negation
from bot.dialogue.turn import Mention, Turn
from nlu.normalise import choices, times

_EASY = re.compile(
    r"\b(?:eas(?:y|ier|iest)|light(?:er)? (?:class|course|workload|load)\w*|chill"
    r"|low[ -]effort|low[ -]workload"
    r"|(?:not|isn'?t|aren'?t) (?:too |very |so )?(?:hard|difficult))\b",
    re.IGNORECASE,
)
_HARD = re.compile(r"\bnot (?:too |very |so |an )?easy\b", re.IGNORECASE)
_LISTED = re.compile(r"^\W*(?:\b(?:and|or|nor)\b)?\W*(?:\bon\b)?\W*$", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"^\W*n?or\W*$", re.IGNORECASE)
# Between a day and the hours that belong to it: "Fridays before 10", "friday classes that start
# before 10"; a comma or an "and" begins another condition.
_BELONGS = re.compile(
    r"^\s*(?:(?:class(?:es)?|courses?|lectures?|sections?|meetings?|that|which|are|is|at|on|in|the"
    r"|any|start(?:s|ing)?|begin(?:s|ning)?|meet(?:s|ing)?)\s+)*$",
    re.IGNORECASE,
)

# The tagger leaves out what bounds a number of units: "under", "at most".
_BOUND = re.compile(
    r"\b(?:under|below|less than|fewer than|over|above|more than|at least|at most|up to"
    r"|(?:a )?max(?:imum)?(?: of)?|(?:a )?minimum(?: of)?)\s*$",
    re.IGNORECASE,
)
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_JOIN = r"\s*(?:or|to|-|–|up to|through)\s*"
_FIRST_OF_TWO = re.compile(rf"\b{_COUNT}(?:\s*(?:units?|credits?))?{_JOIN}$", re.IGNORECASE)
_SECOND_OF_TWO = re.compile(
    rf"^(?:\s*(?:units?|credits?))?{_JOIN}{_COUNT}\b(?!:|\s*[ap]\.?m)", re.IGNORECASE
)


def wants_easy(text: str) -> bool:
    """Whether the text asks for what takes little effort."""
    return _EASY.search(text) is not None and _HARD.search(text) is None


def unit_filters(turn: Turn) -> dict[str, Any]:
    """The range of units, with the words before the number: "under 4 units", "at most 3"."""
    for mention in turn.of("units")[:1]:
        span = _joined(turn, mention)
        before = _BOUND.search(turn.text[: mention.start])
        units = choices.units(f"{before.group() if before else ''} {span}")
        return {"units": [units.low, units.high]} if units is not None else {}
    return {}


def _joined(turn: Turn, mention: Mention) -> str:
    """The number with the one it is joined to, however much the tagger took: "3 or 4 units"."""
    ends = mention.start + len(mention.text)
    earlier = _FIRST_OF_TWO.search(turn.text[: mention.start])
    later = _SECOND_OF_TWO.match(turn.text[ends:])
    return "".join(
        [earlier.group() if earlier else "", mention.text, later.group() if later else ""]
    )


def meeting_filters(turn: Turn) -> dict[str, Any]:
    """Days and hours that are wanted, not wanted, or not wanted together."""
    groups, hours = _day_groups(turn), turn.of("time")[:1]
    filters: dict[str, Any] = {}
    if hours and (avoided := _avoided(turn.text, groups, hours[0])) is not None:
        group, filters["avoided"] = avoided
        groups, hours = [other for other in groups if other is not group], ()
    for group in groups:
        key = "not_days" if negation.negated_before(turn.text, group[0].start) else "days"
        filters[key] = sorted({*filters.get(key, ()), *_days(group)})
    for mention in hours:
        filters.update(_hours(turn, mention))
    return filters


def _day_groups(turn: Turn) -> list[list[Mention]]:
    """Days listed together share their "not": "not on mondays or fridays"."""
    groups: list[list[Mention]] = []
    for mention in turn.of("day"):
        if groups and _LISTED.match(_between(turn.text, groups[-1][-1], mention)):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _days(group: list[Mention]) -> set[str]:
    return {day for mention in group for day in times.days(mention.text)}


def _between(text: str, first: Mention, second: Mention) -> str:
    return text[first.start + len(first.text) : second.start]


def _avoided(
    text: str, groups: list[list[Mention]], hours: Mention
) -> tuple[list[Mention], list[dict[str, Any]]] | None:
    """The days whose hours are not wanted: of other days, those hours may be."""
    window = times.stated(hours.text)
    for group in groups:
        day_first = group[0].start < hours.start
        first = group[0] if day_first else hours
        pair = (group[-1], hours) if day_first else (hours, group[0])
        negated = negation.negated_before(text, first.start) or (
            not day_first and times.is_negated(hours.text)
        )
        days = _days(group)
        if window is not None and days and negated and _BELONGS.match(_between(text, *pair)):
            facts = {"days": sorted(days), "earliest": window.earliest, "latest": window.latest}
            return group, [facts]
    return None


def _hours(turn: Turn, mention: Mention) -> dict[str, Any]:
    window = times.window(mention.text)
    if window is None:
        return {}
    if _unwanted(turn, mention):
        window = window.outside
    return {"earliest": window.earliest, "latest": window.latest}


def _unwanted(turn: Turn, hours: Mention) -> bool:
    """Whether hours are ruled out; the "not" of a day before them is that day's, unless an "or"
    joins the two.
    """
    before = [day for day in turn.of("day") if day.start < hours.start]
    if not before:
        return negation.negated_before(turn.text, hours.start)
    between = _between(turn.text, before[-1], hours)
    if _ALTERNATIVE.match(between):
        return negation.negated_before(turn.text, before[-1].start)
    return negation.negated_before(between, len(between))
