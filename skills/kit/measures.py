"""How good a skill is, and how sure that is: accuracies, areas, intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from skills.kit.figures import Interval as Interval

Floats = NDArray[np.floating]


def wilson(right: int, total: int) -> Interval:
    """The 95% interval of a share (Wilson 1927)."""
    if total == 0:
        return 0.0, 1.0
    z, p = 1.96, right / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))  # rounding aside


def area_under_roc(scores: Floats, labels: Floats) -> float:
    """The chance that a positive scores above a negative, ties half (Mann and Whitney 1947).

    `scores`, `labels`: [n], labels 0 or 1. Not a number when one class is absent.
    """
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    values, first, counts = np.unique(scores[order], return_index=True, return_counts=True)
    del values
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positive = labels > 0.5
    ones, zeros = int(positive.sum()), int((~positive).sum())
    if not ones or not zeros:
        return math.nan
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def balanced_accuracy(guesses: Floats, labels: Floats) -> float:
    """The mean of the classes' recalls. `guesses`, `labels`: [n]."""
    recalls = [float((guesses[labels == kind] == kind).mean()) for kind in np.unique(labels)]
    return float(np.mean(recalls))


def bootstrap(
    score: Callable[[NDArray[np.integer]], float], units: int, seed: int = 0, rounds: int = 1000
) -> Interval:
    """The 95% percentile interval of `score(rows)` over units drawn again with replacement.

    Draw what is independent: identities rather than pairs, scenes rather than pictures.
    """
    chance = np.random.default_rng(seed)
    drawn = [score(chance.integers(0, units, units)) for _ in range(rounds)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def mean_interval(values: Floats) -> Interval:
    """Of the mean of independent values, [n] or [n, several of one unit]."""
    return bootstrap(lambda rows: float(values[rows].mean()), len(values))


def paired_difference(
    ours: Sequence[float], theirs: Sequence[float], groups: Sequence[int], seed: int = 0
) -> tuple[float, Interval]:
    """The mean of ours minus theirs on the same items, with its interval over whole groups."""
    gaps = np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float)
    names = np.asarray(groups)
    by_group = [gaps[names == name] for name in np.unique(names)]
    interval = bootstrap(
        lambda rows: float(np.concatenate([by_group[row] for row in rows]).mean()),
        len(by_group),
        seed,
    )
    return float(gaps.mean()), interval
