"""How well photos of unknown people are sorted by person, with K given and with K found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skills.faces.agreement import adjusted_rand, adjusted_rand_of_pairs
from skills.faces.clusters import Clusters, Floats, k_means
from skills.faces.crossing import FOUND, WHOLE, Crossed, Fold, Points
from skills.faces.how_many import elbow, losses, spread_within, x_means
from skills.faces.pairs import Pairs, all_pairs
from skills.faces.verifying import over_people, split_words
from skills.kit.figures import Figure, today
from skills.kit.measures import mean_interval

MOST = 20  # clusters that are tried
_TARGET = 0.85
_MULTIPLES = (1.0, 1.25, 1.5, 2.0)
GIVEN, X_MEANS, ELBOW = "K given", "K by X-means", "K by the elbow"


@dataclass(frozen=True)
class Sorted:
    """One fold's photos in clusters."""

    pairs: Pairs
    together: NDArray[np.bool_]  # [pairs]
    off: float  # found K less the true one, without its sign

    def score(self, weights: Floats) -> float:
        """ARI with each pair so often."""
        return adjusted_rand_of_pairs(self.together, self.pairs.same > 0.5, weights)


def variance(groups: Sequence[Points]) -> float:
    """Of photos about their person, a number, as X-means should have it: from development people.

    Of a few multiples of the measured one that with the best ARI on them: with the measured one
    alone a person who is often turned away becomes two.
    """
    spreads = [spread_within(_numbers(each), each.people.numpy()) for each in groups]
    measured = float(np.mean(spreads))
    gains = [
        float(np.mean([_ari(each, times * measured) for each in groups])) for times in _MULTIPLES
    ]
    return measured * _MULTIPLES[int(np.argmax(gains))]


def _ari(group: Points, within: float) -> float:
    found = x_means(_numbers(group), MOST, within)
    return adjusted_rand(found.members, group.people.numpy())


def _numbers(group: Points) -> Floats:
    values: Floats = group.points.double().numpy()
    return values


def sort(fold: Fold, how: str) -> Sorted:
    """Cluster the held-out photos; K as given, by X-means or by the elbow."""
    points, people = _numbers(fold.held), fold.held.people
    known = len(people.unique())
    ways: dict[str, Callable[[], Clusters]] = {
        GIVEN: lambda: k_means(points, known),
        X_MEANS: lambda: x_means(points, MOST, variance(fold.dev)),
        ELBOW: lambda: k_means(points, elbow(losses(points, MOST))),
    }
    found = ways[how]()
    rows, columns = np.triu_indices(len(points), 1)
    together = found.members[rows] == found.members[columns]
    return Sorted(all_pairs(fold.held.points, people), together, abs(len(found.centres) - known))


def _mean(folds: Sequence[Sorted]) -> float:
    return float(np.mean([each.score(np.ones(len(each.together))) for each in folds]))


def figures(crossed: Crossed, people: int, seed: int, command: str) -> list[Figure]:
    """ARI as detected (with the target) and whole; the error of K over the folds."""
    split, made = split_words(seed), []
    floor = max(_mean([sort(fold, GIVEN) for fold in folds]) for folds in crossed.pixels.values())
    for framing, how in ((FOUND, GIVEN), (WHOLE, GIVEN), (FOUND, X_MEANS), (FOUND, ELBOW)):
        folds = [sort(fold, how) for fold in crossed.ours[framing]]
        made.append(Figure(
            f"ARI on unseen people, {how}, {framing}", _mean(folds), people, split, "real",
            command, today(), _interval(folds, people),
            _TARGET if (framing, how) == (FOUND, GIVEN) else None, floor,
            "K-means on pixels, K given, better framing",
        ))  # fmt: skip
        if how != GIVEN:
            made.append(_error(folds, how, split, command))
    return made


def _interval(folds: Sequence[Sorted], people: int) -> tuple[float, float]:
    return over_people(
        [fold.pairs for fold in folds], people, lambda at, weights: folds[at].score(weights)
    )


def _error(folds: Sequence[Sorted], how: str, split: str, command: str) -> Figure:
    off = np.array([fold.off for fold in folds])
    return Figure(
        f"mean error of K of 10 people, {how}", float(off.mean()), len(off), split, "real", command,
        today(), mean_interval(off), lower_is_better=True,
    )  # fmt: skip
