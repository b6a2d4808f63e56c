"""Verification figures: distances of all pairs of photos, the threshold, its calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from skills.faces.threshold import Threshold
from skills.faces.triplet import squared_distances
from skills.kit.measures import area_under_roc

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Pairs:
    """Each unordered pair of photos once."""

    distances: Floats  # [pairs]
    same: Floats  # [pairs], 1 for one person
    one: Floats  # [pairs], person of the first photo
    other: Floats  # [pairs]


def all_pairs(points: Tensor, people: Tensor) -> Pairs:
    """`points`: [n, d] encodings or pixels; `people`: [n]."""
    distances = squared_distances(points, points).numpy()
    rows, columns = np.triu_indices(len(points), 1)
    who = people.numpy()
    same = (who[rows] == who[columns]).astype(float)
    return Pairs(distances[rows, columns], same, who[rows], who[columns])


def area(pairs: Pairs) -> float:
    """AUC of "near means same"."""
    return area_under_roc(-pairs.distances, pairs.same)


def accuracy(pairs: Pairs, threshold: float) -> float:
    """Balanced accuracy: the mean of admitted same pairs and refused different ones."""
    near, same = pairs.distances < threshold, pairs.same > 0.5
    return float((near[same].mean() + (~near)[~same].mean()) / 2)


def choose(pairs: Pairs) -> Threshold:
    """The threshold of best balanced accuracy, and a slope by moments (two normal classes)."""
    cuts = np.quantile(pairs.distances, np.linspace(0, 1, 401))
    value = float(cuts[int(np.argmax([accuracy(pairs, cut) for cut in cuts]))])
    near, far = (pairs.distances[pairs.same > 0.5], pairs.distances[pairs.same < 0.5])
    spread = (near.var() + far.var()) / 2
    return Threshold(value, float((far.mean() - near.mean()) / max(spread, 1e-6)))
