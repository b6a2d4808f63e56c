"""What there is to try: by lecture, in short lines, with a few buttons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from actions.context import Exchange
from actions.skill_jobs import SkillCard

MOST_BUTTONS = 8


def choices(cards: Sequence[SkillCard], most: int = MOST_BUTTONS) -> list[tuple[str, str]]:
    """A button for each of the first skills: its title, which runs it."""
    return [(card.title, f"run {card.name}") for card in cards[:most]]


def tell_list(exchange: Exchange, listed: Sequence[SkillCard], lecture: int | None) -> None:
    """All skills, or those of one lecture."""
    narrowed = [card for card in listed if lecture in (None, card.lecture)]
    if not narrowed:
        text = exchange.part("utter_skills_none_of_lecture", lecture=lecture)
        exchange.offer(text, _lectures(exchange, listed))
        return
    parts = []
    for number, cards in groupby(narrowed, key=lambda card: card.lecture):
        heading = exchange.part("utter_part_skills_of_lecture", lecture=number)
        lines = [
            exchange.part("utter_part_skill", name=card.name, sentence=card.sentence)
            for card in cards
        ]
        parts.append("\n".join([heading, *lines]))
    buttons = choices(narrowed)
    if lecture is None and len(narrowed) > MOST_BUTTONS:
        lectures = _lectures(exchange, narrowed)
        buttons = [*lectures, *choices(narrowed, MOST_BUTTONS - len(lectures))]
    exchange.offer(exchange.part("utter_skills", list="\n\n".join(parts)), buttons)


def _lectures(exchange: Exchange, cards: Sequence[SkillCard]) -> list[tuple[str, str]]:
    """A button for each lecture that has something to try."""
    numbers = sorted({card.lecture for card in cards})[: MOST_BUTTONS - 2]
    named = [exchange.part("utter_part_lecture", lecture=number) for number in numbers]
    return [
        (name, f"what can I try from lecture {number}?")
        for name, number in zip(named, numbers, strict=True)
    ]
