"""Questions that the knowledge graph answers: what comes before a course, after it, and next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from actions.context import Exchange
from actions.following import following, opened
from actions.informing import find
from actions.preceding import before
from bot.dialogue.advice import Advice
from bot.dialogue.state import Mentioned
from knowledge.clients.values import CourseView
from knowledge.errors import UnknownCourse

_TELLING: dict[Advice, Callable[[Exchange, CourseView, list[str]], Awaitable[None]]] = {
    Advice.BEFORE: before,
    Advice.AFTER: opened,
    Advice.NEXT: following,
}


async def advise(exchange: Exchange) -> None:
    """Answer the question of `args["advice"]` about the course that was named."""
    args = exchange.state.args
    found = await find(exchange, args["courses"][0])
    if found is None:
        return
    exchange.state = replace(exchange.state, focus=Mentioned(found.code, found.title))
    others = await _known(exchange, args.get("others", ()))
    await _TELLING[Advice(args["advice"])](exchange, found, others)


async def _known(exchange: Exchange, named: Iterable[dict[str, Any]]) -> list[str]:
    """The codes of the other courses of the question, as far as the catalogue knows them."""
    codes = []
    for other in named:
        try:
            codes.append((await exchange.services.catalogue.course(other["code"])).code)
        except UnknownCourse:
            continue
    return codes
