"""Simulated raters, for tests alone: no figure about Quad comes from them.

Each has a bias, and a temperature that makes the same reply's score vary; what a reply is truly
worth to them is given by its policy.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.evaluation.model import Candidate, Item, Judged, Rating


@dataclass(frozen=True)
class SimulatedRater:
    """Rounds worth + bias + noise to a score from 1 to 5."""

    name: str
    bias: float = 0.0
    temperature: float = 0.0

    def score(self, worth: float, chance: random.Random) -> int:
        return round(min(5, max(1, worth + self.bias + chance.gauss(0, self.temperature))))

    def rate(self, item: Item, worth: Mapping[str, float], chance: random.Random) -> dict[int, int]:
        shown = item.shown_to(self.name).candidates
        return {each.candidate_id: self.score(worth[each.policies[0]], chance) for each in shown}


def numbered(items: Sequence[Item]) -> list[Item]:
    """Items with numbers, as the tables would give them."""
    return [
        replace(
            item,
            item_id=at,
            candidates=tuple(
                replace(each, candidate_id=at * 10 + place)
                for place, each in enumerate(item.candidates)
            ),
        )
        for at, item in enumerate(items, 1)
    ]


def judged(
    items: Sequence[Item],
    raters: Sequence[SimulatedRater],
    worth: Mapping[str, float],
    seed: int = 0,
) -> list[Judged]:
    """What these raters would say of these items."""
    chance = random.Random(seed)
    ids = iter(range(1, 10**6))
    return [
        Judged(
            item,
            tuple(
                Rating(next(ids), item.item_id, rater.name, rater.rate(item, worth, chance))
                for rater in raters
            ),
        )
        for item in numbered(items)
    ]


def shared(candidate: Candidate, *policies: str) -> Candidate:
    """The reply, given by more policies."""
    return replace(candidate, policies=(*candidate.policies, *policies))
