"""The question below a list of courses: what tells most, until few enough are left to choose from.

It is put below every first page of more than five results while it is worth reading, never twice
about the same attribute, and not at all once two in a row were passed over. To one who wants to
enroll it takes the place of "which class?", and what is left in the end is offered as a choice.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions import asking
from actions.context import Exchange
from actions.options import filters, label, others
from bot.dialogue.narrowing import Narrowing, wishes
from bot.dialogue.state import Ask, Mentioned, Option, Question
from knowledge.clients.advising import ChoiceView, QuestionView
from knowledge.errors import QuadError

logger = logging.getLogger(__name__)
ENOUGH = 5
_BITS = 0.8  # what does not come near to halving a long list is not worth reading
_SHARE = 0.5  # of a short list, half of what would leave few enough
_PATIENCE = 2  # questions passed over in a row
_PAGING = frozenset({"limit", "offset", "tentative"})
Params = Sequence[tuple[str, str]]


async def offer(exchange: Exchange, total: int, params: Params) -> None:
    """Ask what would narrow the list just shown; `params`: the search that found it."""
    state = exchange.state
    before = Narrowing.of(state).before(state.query, state.turn)
    searched = tuple((key, value) for key, value in params if key not in _PAGING)
    kept = replace(before, query=state.query, params=searched, total=total)
    exchange.state = replace(state, narrowing=kept.to_json())
    free = state.question is None and (state.goal is None or wishes(state))
    if not free or state.offset > len(state.results):
        return
    if total > ENOUGH:
        await _ask(exchange, kept)
    elif wishes(state):
        _choose(exchange, state.results)


async def go_on(exchange: Exchange) -> bool:
    """After "no matter": the next best question without the list, or word that there is no more;
    False when the next page is to be shown instead.
    """
    kept = Narrowing.of(exchange.state)
    if not kept.declined:
        return False
    kept = replace(kept, declined=False)
    exchange.state = replace(exchange.state, narrowing=kept.to_json())
    if await _ask(exchange, kept):
        return True
    if not exchange.state.more:
        exchange.say("utter_no_more")
        return True
    return False


async def _ask(exchange: Exchange, kept: Narrowing) -> bool:
    """Put the best question that was not put yet; False when none is worth it."""
    question = await _question(exchange, kept) if kept.ignored < _PATIENCE else None
    if question is None:
        return False
    labels = {label(exchange, question, choice): choice for choice in question.choices}
    options = [{"label": each, "filters": filters(question, c)} for each, c in labels.items()]
    shown = [_counted(exchange, question, each, choice) for each, choice in labels.items()]
    if question.others:
        rest = others(exchange, question)
        options.append(rest)
        shown.append(rest["label"])
    buttons = [str(option["label"]) for option in options]
    exchange.say(f"utter_which_{question.attribute}", buttons, options=", ".join(shown))
    asked = (*kept.asked, question.attribute)
    put = replace(kept, attribute=question.attribute, options=tuple(options), asked=asked)
    state = replace(exchange.state, narrowing=replace(put, turn=exchange.state.turn).to_json())
    wish = Question(Ask.CLASS) if wishes(state) else None
    exchange.state = replace(state, question=wish or state.question, digressed=False)
    return True


async def _question(exchange: Exchange, kept: Narrowing) -> QuestionView | None:
    """The best question about the list, if it tells enough; none while the graph is away."""
    wanted = _SHARE * math.log2(kept.total / ENOUGH)
    ask = exchange.services.advising.question
    try:
        return await ask(kept.params, kept.asked, min(_BITS, wanted))
    except QuadError as error:
        logger.warning("a list goes without its question: %s", error)
        return None


def _counted(exchange: Exchange, question: QuestionView, shown: str, choice: ChoiceView) -> str:
    """How many results have it, when all of them were counted."""
    if not question.exact:
        return shown
    return exchange.part("utter_part_counted", label=shown, count=choice.count)


def _choose(exchange: Exchange, left: Sequence[Mentioned]) -> None:
    """Few enough: the one to enroll in is picked from them."""
    options = tuple(Option(f"{each.code} {each.title}", _fills(each)) for each in left)
    response = "utter_this_one" if len(options) == 1 else "utter_which_of_these"
    asking.choose(exchange, response, options, course=options[0].label)


def _fills(left: Mentioned) -> dict[str, Any]:
    """The course, and its term when the list showed it in one alone."""
    fills: dict[str, Any] = {"code": left.code, "name": left.title}
    if left.quarter is None or left.year is None:
        return fills
    return {**fills, "quarter": left.quarter, "year": left.year}
