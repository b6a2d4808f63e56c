"""The answers to a question below a list: how each is shown, and the filters that it adds."""

from __future__ import annotations

from typing import Any

from actions.context import Exchange
from knowledge.clients.advising import ChoiceView, QuestionView

_PARTS = {"-720": "morning", "720-1080": "afternoon", "1020-": "evening"}


def label(exchange: Exchange, question: QuestionView, choice: ChoiceView) -> str:
    """An answer in the student's words, short enough for a button."""
    if question.attribute == "units":
        kind = "utter_part_unit" if choice.value == "1" else "utter_part_units"
        return exchange.part(kind, units=choice.value)
    if question.attribute == "times":
        days, _, hours = choice.value.partition(":")
        named = " ".join(day[:3] for day in days.split(","))
        return exchange.part(f"utter_part_{_PARTS[hours]}", days=named)
    return choice.label


def filters(question: QuestionView, choice: ChoiceView) -> dict[str, Any]:
    """The answer as a filter of the next search."""
    if question.attribute == "units":
        return {"units": [int(choice.value)] * 2}
    if question.attribute == "level":
        return {"level": choice.value}
    if question.attribute == "topics":
        return {"tagged": [choice.value]}
    if question.attribute == "times":
        return _times(choice.value)
    value = choice.label if question.attribute == "subjects" else choice.value
    return {question.attribute: [value]}


def others(exchange: Exchange, question: QuestionView) -> dict[str, Any]:
    """ "Something else": none of the topics shown."""
    shown = [choice.value for choice in question.choices]
    name = exchange.part("utter_part_something_else")
    return {"label": name, "filters": {"not_tagged": shown}, "others": True}


def _times(value: str) -> dict[str, Any]:
    days, _, hours = value.partition(":")
    ends = zip(("earliest", "latest"), hours.split("-"), strict=True)
    return {"days": days.split(","), **{end: int(minute) for end, minute in ends if minute}}
