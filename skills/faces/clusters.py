"""K-means with k-means++ starts (Lloyd 1982; Arthur and Vassilvitskii 2007)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Whole = NDArray[np.integer]


@dataclass(frozen=True)
class Clusters:
    """Which cluster each point is in, where their centres are, and how far the points are off."""

    members: Whole  # [n]
    centres: Floats  # [k, d]
    loss: float  # sum of squared distances to the own centre


def squared(points: Floats, centres: Floats) -> Floats:
    """Squared distances, [n, k]."""
    lengths, others = (np.square(each).sum(1) for each in (points, centres))
    gaps: Floats = np.maximum(lengths[:, None] + others[None] - 2 * points @ centres.T, 0)
    return gaps


def spread_start(points: Floats, k: int, chance: np.random.Generator) -> Floats:
    """k-means++: each next centre is a point drawn in proportion to its squared distance."""
    chosen = [int(chance.integers(len(points)))]
    while len(chosen) < k:
        gaps = squared(points, points[chosen]).min(1)
        total = gaps.sum()
        odds = gaps / total if total > 0 else np.full(len(points), 1 / len(points))
        chosen.append(int(chance.choice(len(points), p=odds)))
    return points[chosen]


def k_means(points: Floats, k: int, seed: int = 0, starts: int = 10, rounds: int = 50) -> Clusters:
    """The best of a few starts. `points`: [n, d], 1 ≤ k ≤ n."""
    chance = np.random.default_rng(seed)
    runs = (_settle(points, spread_start(points, k, chance), rounds) for _ in range(starts))
    return min(runs, key=lambda found: found.loss)


def _settle(points: Floats, centres: Floats, rounds: int) -> Clusters:
    """Assign and average in turn until nothing moves; the loss never rises."""
    members = squared(points, centres).argmin(1)
    for _ in range(rounds):
        centres = np.stack(
            [
                points[members == each].mean(0) if (members == each).any() else centres[each]
                for each in range(len(centres))
            ]
        )
        again = squared(points, centres).argmin(1)
        if (again == members).all():
            break
        members = again
    loss = float(squared(points, centres)[np.arange(len(points)), members].sum())
    return Clusters(members, centres, loss)
