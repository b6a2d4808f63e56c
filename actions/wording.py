"""The words of a question: other ones each time it is put about the same wish."""

from __future__ import annotations

from dataclasses import replace

from actions.context import Exchange
from bot.dialogue.state import Ask

_KEPT = 24  # of the questions put last: more than any conversation has open


def wording(
    exchange: Exchange, response: str, ask: Ask | None = None, /, **facts: object
) -> tuple[str, int]:
    """The text of a question and how often it has been put now; after an answer that was not
    understood (`ask` given) with an example of what would do.
    """
    goal = exchange.state.goal
    key = f"{goal.key if goal is not None else ''}:{response}"
    before = exchange.state.asked.get(key, 0)
    counts = {name: n for name, n in exchange.state.asked.items() if name != key}
    kept = dict([*counts.items()][-_KEPT:])
    strikes = exchange.state.strikes
    exchange.state = replace(exchange.state, asked={**kept, key: before + 1})
    texts = exchange.services.texts
    if not before or not texts.has(f"{response}_again"):
        return texts.render(response, exchange.state.turn, **facts), before + 1
    text = texts.render(f"{response}_again", before - 1, **facts)
    if ask is not None and strikes:
        text = texts.render(f"utter_help_{ask.value}", strikes - 1, question=text)
    return text, before + 1
