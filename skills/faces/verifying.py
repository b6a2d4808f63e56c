"""How well strangers to the encoder are told apart two by two: AUC and balanced accuracy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from skills.faces.clusters import Whole
from skills.faces.crossing import FOUND, SEEDS, WHOLE, Crossed, Fold
from skills.faces.pairs import Pairs, accuracy, all_pairs, area, choose, together, weighted_area
from skills.kit.figures import Figure, Interval, today
from skills.kit.measures import bootstrap

_TARGETS = {"AUC": 0.985, "balanced accuracy": 0.94}


def split_words(seed: int) -> str:
    """How the figures' people were split."""
    orders = f"seeds {seed} to {seed + SEEDS - 1}"
    return f"{SEEDS} × 3-fold by person, threshold from other people's folds, {orders}"


@dataclass(frozen=True)
class Judged:
    """One fold's pairs with the threshold of its development people."""

    pairs: Pairs
    threshold: float


def judged(folds: Sequence[Fold]) -> list[Judged]:
    """Each fold with its own threshold."""
    return [
        Judged(
            all_pairs(fold.held.points, fold.held.people),
            choose(together([all_pairs(each.points, each.people) for each in fold.dev])).value,
        )
        for fold in folds
    ]


def scores(folds: Sequence[Judged]) -> dict[str, float]:
    """Means over the folds."""
    return {
        "AUC": float(np.mean([area(fold.pairs) for fold in folds])),
        "balanced accuracy": float(
            np.mean([accuracy(fold.pairs, fold.threshold) for fold in folds])
        ),
    }


def over_people(folds: Sequence[Pairs], people: int, score: Callable[..., float]) -> Interval:
    """The interval of the mean of `score(fold's place, weights of its pairs)`, people redrawn.

    Somebody drawn twice is two people with the same photos, but never paired with themselves.
    """

    def drawn(rows: Whole) -> float:
        counts = np.bincount(rows, minlength=people)
        return float(np.nanmean([
            score(place, pairs.weights(counts)) for place, pairs in enumerate(folds)
        ]))  # fmt: skip

    return bootstrap(drawn, people, rounds=400)


def intervals(folds: Sequence[Judged], people: int) -> dict[str, Interval]:
    """Of both scores."""
    pairs = [fold.pairs for fold in folds]
    return {
        "AUC": over_people(pairs, people, lambda at, weights: weighted_area(pairs[at], weights)),
        "balanced accuracy": over_people(
            pairs, people, lambda at, weights: accuracy(pairs[at], folds[at].threshold, weights)
        ),
    }


def figures(crossed: Crossed, people: int, seed: int, command: str) -> list[Figure]:
    """On the product's path (faces as detected) with the targets; on whole pictures beside it."""
    floors = [scores(judged(folds)) for folds in crossed.pixels.values()]
    made = []
    for framing, targets in ((FOUND, _TARGETS), (WHOLE, {})):
        folds = judged(crossed.ours[framing])
        ranges = intervals(folds, people)
        for what, value in scores(folds).items():
            made.append(
                Figure(
                    f"{what} on unseen people, {framing}", value, people,
                    split_words(seed), "real", command, today(), ranges[what],
                    targets.get(what), max(floor[what] for floor in floors),
                    "distance of pixels, better framing",
                )
            )  # fmt: skip
    return made
