"""What a turn asks of the catalogue: the filters of a search, as plain JSON values."""

from __future__ import annotations

from typing import Any

from bot.dialogue import conditions, cues, negation, topics
from bot.dialogue.filling import Clock, term_slots, wanted
from bot.dialogue.turn import Mention, Turn
from knowledge.model.terms import Quarter
from nlu.normalise import choices, terms


def query_filters(turn: Turn, clock: Clock) -> dict[str, Any]:
    """The filters of a catalogue search that a turn mentions, as plain JSON values."""
    filters: dict[str, Any] = {}
    for slot, key in (("subject", "subjects"), ("topic", "topics"), ("instructor", "instructors")):
        for mention in turn.of(slot):
            unwanted = slot == "subject" and negation.excluded_before(turn.text, mention.start)
            filters.setdefault("not_subjects" if unwanted else key, []).append(mention.text)
    if "topics" in filters and (phrase := topics.about(turn)) is not None:
        filters["about"] = phrase
    if cues.without_prerequisites(turn.text):
        filters["no_prerequisites"] = True
    if conditions.wants_easy(turn.text):
        filters["easy"] = True
    filters.update(_level_filters(turn))
    filters.update(_term_filters(turn, clock))
    filters.update(conditions.meeting_filters(turn))
    filters.update(conditions.unit_filters(turn))
    requirements = [choices.requirement(mention.text) for mention in turn.of("requirement")]
    if any(requirements):
        filters["requirements"] = [value for value in requirements if value]
    for mention in turn.of("grading")[:1]:
        if (basis := choices.grading(mention.text)) is not None:
            filters["grading"] = basis
    return filters


def _level_filters(turn: Turn) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for mention in turn.of("level"):
        value = choices.level(mention.text)
        if value is None:
            continue
        if value.career is not None:
            filters["level"] = value.career
        if value.low is not None:
            filters["numbers"] = [value.low, value.high]
    return filters


def _term_filters(turn: Turn, clock: Clock) -> dict[str, Any]:
    slots = term_slots(turn, clock)
    filters: dict[str, Any] = {
        name: slots[name].value for name in ("year", "academic_start") if name in slots
    }
    named = _seasons(wanted(turn, "quarter"))
    refused = _seasons([m for m in turn.of("quarter") if m not in wanted(turn, "quarter")])
    if refused and not named:
        filters["quarters"] = [each.value for each in Quarter if each.value not in refused]
    elif named or "quarter" in slots:
        filters["quarters"] = named or [slots["quarter"].value]
    return filters


def _seasons(mentions: list[Mention]) -> list[str]:
    values = [terms.quarter(mention.text) for mention in mentions]
    return [value.season for value in values if value is not None and value.season]
