"""One question below a long list: the one whose answer leaves the fewest courses."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from actions.context import Exchange
from bot.dialogue.advising import NARROWING
from knowledge.clients.advising import ChoiceView, QuestionView
from knowledge.errors import QuadError

logger = logging.getLogger(__name__)
_ENOUGH = 5
_BITS = 1.0  # a question that does not halve the list is not worth reading
_CONSTRAINTS = 2
_TERM = frozenset({"quarters", "year", "academic_start"})
# One topic more would be another search, and an instructor's name is nothing to guess at.
_ASKED = ("subjects", "level", "quarters", "units", "days", "requirements")
Params = list[tuple[str, str]]


async def offer(exchange: Exchange, total: int, params: Params) -> None:
    """Ask what would narrow the list just shown, when the student said little.

    The options are remembered. `params`: the list's search; without a year it was of the running
    academic year.
    """
    if not _welcome(exchange, total):
        return
    try:
        question = await _question(exchange, total, params)
    except QuadError as error:
        logger.warning("a list goes without its question: %s", error)
        return
    if question is None:
        return
    labels = {choice: _label(exchange, question, choice) for choice in question.choices}
    shown = ", ".join(_counted(exchange, question, *pair) for pair in labels.items())
    exchange.say(f"utter_which_{question.attribute}", list(labels.values()), options=shown)
    options = [
        {"label": label, "filters": _filters(question, choice)} for choice, label in labels.items()
    ]
    exchange.state = replace(exchange.state, args={**exchange.state.args, NARROWING: options})


def _welcome(exchange: Exchange, total: int) -> bool:
    """Only below a first page, with nothing else open, and of a search that says little."""
    state = exchange.state
    said = {"term" if key in _TERM else key for key in state.query} - {"about"}
    first_page = state.offset == len(state.results)
    free = state.goal is None and state.question is None
    return total > _ENOUGH and first_page and free and len(said) <= _CONSTRAINTS


async def _question(exchange: Exchange, total: int, params: Params) -> QuestionView | None:
    """The best question about the list: of this year's courses, if that is what was listed."""
    advising = exchange.services.advising
    if not {"year", "academic_start"} & {name for name, _ in params}:
        clock = await exchange.services.academic_clock()
        this_year = [*params, ("academic_start", str(clock.academic_start))]
        question = await advising.question(this_year, _ASKED, _BITS)
        if question is not None and question.total == total:
            return question
    return await advising.question(params, _ASKED, _BITS)


def _label(exchange: Exchange, question: QuestionView, choice: ChoiceView) -> str:
    if question.attribute == "units":
        return exchange.units(choice.value)
    return choice.label


def _counted(exchange: Exchange, question: QuestionView, choice: ChoiceView, label: str) -> str:
    """How many results have it, when all of them were counted."""
    if not question.exact:
        return label
    return exchange.part("utter_part_counted", label=label, count=choice.count)


def _filters(question: QuestionView, choice: ChoiceView) -> dict[str, Any]:
    """The choice as a filter of the next search."""
    if question.attribute == "units":
        return {"units": [int(choice.value)] * 2}
    if question.attribute == "level":
        return {"level": choice.value}
    value = choice.label if question.attribute == "subjects" else choice.value
    return {question.attribute: [value]}
