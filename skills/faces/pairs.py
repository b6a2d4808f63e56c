"""Verification figures: distances of all pairs of photos, the threshold, its calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from skills.faces.clusters import Whole, squared
from skills.faces.threshold import Threshold
from skills.kit.measures import area_under_roc

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Pairs:
    """Each unordered pair of photos once."""

    distances: Floats  # [pairs]
    same: Floats  # [pairs], 1 for one person
    one: Whole  # [pairs], person of the first photo
    other: Whole  # [pairs]

    def weights(self, people: NDArray[Any]) -> Floats:
        """How often each pair is in a sample that holds each person so often, [people]."""
        others = np.where(self.same > 0.5, 1.0, people[self.other])
        drawn: Floats = people[self.one] * others
        return drawn


def all_pairs(points: Tensor, people: Tensor) -> Pairs:
    """`points`: [n, d] encodings or pixels; `people`: [n]."""
    values = points.double().numpy()
    distances = squared(values, values)
    rows, columns = np.triu_indices(len(points), 1)
    who = people.numpy()
    same = (who[rows] == who[columns]).astype(float)
    return Pairs(distances[rows, columns], same, who[rows], who[columns])


def together(many: Sequence[Pairs]) -> Pairs:
    """Pairs of several groups of people as one list."""
    return Pairs(
        np.concatenate([each.distances for each in many]),
        np.concatenate([each.same for each in many]),
        np.concatenate([each.one for each in many]),
        np.concatenate([each.other for each in many]),
    )


def area(pairs: Pairs) -> float:
    """AUC of "near means same"."""
    return area_under_roc(-pairs.distances, pairs.same)


def weighted_area(pairs: Pairs, weights: Floats) -> float:
    """The same where each pair counts so often; [pairs]."""
    order = np.argsort(pairs.distances, kind="stable")
    same = (weights * pairs.same)[order]
    different = (weights * (1 - pairs.same))[order]
    total = same.sum() * different.sum()
    farther = different.sum() - np.cumsum(different)
    return float((same * farther).sum() / total) if total > 0 else float("nan")


def accuracy(pairs: Pairs, threshold: float, weights: Floats | None = None) -> float:
    """Balanced accuracy: the mean of admitted same pairs and refused different ones."""
    counts = np.ones(len(pairs.same)) if weights is None else weights
    near, same = pairs.distances < threshold, pairs.same > 0.5
    admitted = (counts * (near & same)).sum() / max((counts * same).sum(), 1e-9)
    refused = (counts * (~near & ~same)).sum() / max((counts * ~same).sum(), 1e-9)
    return float((admitted + refused) / 2)


def choose(pairs: Pairs) -> Threshold:
    """The threshold of best balanced accuracy, and a slope by moments (two normal classes)."""
    cuts = np.quantile(pairs.distances, np.linspace(0, 1, 401))
    value = float(cuts[int(np.argmax([accuracy(pairs, cut) for cut in cuts]))])
    near, far = (pairs.distances[pairs.same > 0.5], pairs.distances[pairs.same < 0.5])
    spread = (near.var() + far.var()) / 2
    return Threshold(value, float((far.mean() - near.mean()) / max(spread, 1e-6)))
