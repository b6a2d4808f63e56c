"""The words of a question: other ones each time it is put about the same wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from actions.context import Exchange
from bot.dialogue.state import Ask

_KEPT = 24  # of the questions put last: more than any conversation has open
_FIRST = "first"
_FRESH = 3  # once every wording has been used, the last ones still wait


def wording(
    exchange: Exchange, response: str, ask: Ask | None = None, /, **facts: object
) -> tuple[str, int]:
    """The text of a question and how often it has been put now; after an answer that was not
    understood (`ask` given) with an example of what would do.
    """
    goal = exchange.state.goal
    key = f"{goal.key if goal is not None else ''}:{response}"
    used = exchange.state.asked.get(key, [])
    variant = _next(exchange, response, ask, used)
    others = [each for each in exchange.state.asked.items() if each[0] != key]
    asked = {**dict(others[-_KEPT:]), key: [*used, variant]}
    exchange.state = replace(exchange.state, asked=asked)
    return _text(exchange, response, ask, variant, facts), len(used) + 1


def _next(exchange: Exchange, response: str, ask: Ask | None, used: list[str]) -> str:
    """The first wording that has not been used for this question; then the one longest ago."""
    again = exchange.services.texts.count(f"{response}_again")
    if not used or not again:
        return _FIRST
    variants = list(_variants(exchange, ask, again, len(used) - 1))
    fresh = [variant for variant in variants if variant not in used]
    late = [variant for variant in variants if variant not in used[-_FRESH:]]
    return (fresh or late or variants)[0]


def _variants(exchange: Exchange, ask: Ask | None, again: int, begin: int) -> Iterator[str]:
    """Wordings with and without an example, the fitting ones first: "1" and "1 help 0"."""
    strikes = exchange.state.strikes
    helps = exchange.services.texts.count(f"utter_help_{ask.value}") if ask is not None else 0
    examples = [f" help {number}" for number in range(helps)]
    if strikes and examples:
        first = (strikes - 1) % helps
        order = [examples[first], *(each for each in examples if each != examples[first]), ""]
    else:
        order = ["", *examples]
    for example in order:
        for number in range(again):
            yield f"{(begin + number) % again}{example}"


def _text(
    exchange: Exchange, response: str, ask: Ask | None, variant: str, facts: dict[str, object]
) -> str:
    texts = exchange.services.texts
    if variant == _FIRST:
        return texts.render(response, exchange.state.turn, **facts)
    number, _, example = variant.partition(" help ")
    text = texts.render(f"{response}_again", int(number), **facts)
    if not example or ask is None:
        return text
    return f"{texts.render(f'utter_help_{ask.value}', int(example))}\n{text}"
