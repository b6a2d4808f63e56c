"""The orders of questions that are compared: what each may ask, and what it asks next.

`expected` is what the chat does (gain · P(answered)), `gain` asks as if everybody could answer,
`random` any of the same questions. `fixed` is the yardstick: subject, level, quarter, units, day.
`fixed_long` goes on with everything that can be asked, topics second, as the contract lists slots.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.question import ASKED, Question

YARDSTICK = "fixed"
_FIXED = (
    Attribute.SUBJECT,
    Attribute.LEVEL,
    Attribute.QUARTER,
    Attribute.UNITS,
    Attribute.DAY,
)
_FIXED_LONG = (
    Attribute.SUBJECT,
    Attribute.TOPIC,
    Attribute.LEVEL,
    Attribute.QUARTER,
    Attribute.UNITS,
    Attribute.INSTRUCTOR,
    Attribute.DAY,
    Attribute.REQUIREMENT,
)
Choosing = Callable[[Sequence[Question], random.Random], Question]


@dataclass(frozen=True)
class Order:
    """What may be asked, and which of those questions comes next."""

    among: frozenset[Attribute]
    choosing: Choosing

    def choose(self, splitting: Sequence[Question], chance: random.Random) -> Question | None:
        """The next question, of those that split what is left; None when there is none."""
        allowed = [question for question in splitting if question.attribute in self.among]
        return self.choosing(allowed, chance) if allowed else None


def _in_order(order: Sequence[Attribute]) -> Order:
    return Order(
        frozenset(order),
        lambda asked, chance: min(asked, key=lambda question: order.index(question.attribute)),
    )


ORDERS: dict[str, Order] = {
    "expected": Order(ASKED, lambda asked, chance: asked[0]),
    "gain": Order(ASKED, lambda asked, chance: max(asked, key=lambda question: question.gain)),
    YARDSTICK: _in_order(_FIXED),
    "fixed_long": _in_order(_FIXED_LONG),
    "random": Order(ASKED, lambda asked, chance: chance.choice(asked)),
}
