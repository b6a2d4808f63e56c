"""How far raters agree: Krippendorff's alpha for any number of them, weighted kappa for two.

Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); Cohen, Weighted kappa (1968).
Both are 1 for perfect agreement and 0 for what chance alone would give; NaN where it is undefined.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Metric(StrEnum):
    """How far two values are apart: equal or not, by their ranks, or by their difference."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def alpha(units: Sequence[Sequence[int]], metric: Metric = Metric.ORDINAL) -> float:
    """Krippendorff's alpha; `units` holds the values that each rated thing was given.

    Units with fewer than two values say nothing about agreement and are left out. NaN when there
    are no others, or when all values are the same, so that there is nothing to agree about.
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in paired for value in unit})
    if len(values) < 2:
        return float("nan")
    together = coincidences(paired, values)
    apart = distances(together.sum(axis=1), np.array(values, float), metric)
    totals = together.sum(axis=1)
    n = totals.sum()
    expected = (np.outer(totals, totals) * apart).sum() / (n - 1)
    return float(1 - (together * apart).sum() / expected)


def coincidences(units: Sequence[Sequence[int]], values: Sequence[int]) -> Floats:
    """[values, values]: how often two raters gave a pair of values, each unit weighing its size."""
    place = {value: at for at, value in enumerate(values)}
    matrix = np.zeros((len(values), len(values)))
    for unit in units:
        counts = np.bincount([place[value] for value in unit], minlength=len(values))
        matrix += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return matrix


def distances(totals: Floats, values: Floats, metric: Metric) -> Floats:
    """[values, values] squared distances; by ranks they depend on how often values are given."""
    if metric is Metric.NOMINAL:
        return 1.0 - np.eye(len(values))
    if metric is Metric.INTERVAL:
        return (values[:, None] - values[None, :]) ** 2
    # All given values between the two, and half of the two themselves.
    middle = np.cumsum(totals) - totals / 2
    return (middle[:, None] - middle[None, :]) ** 2


def quadratic_kappa(first: Sequence[int], second: Sequence[int]) -> float:
    """Cohen's kappa of two raters' values of the same things, disagreement weighed by its square.

    NaN when there is nothing, or when both always gave one and the same value.
    """
    one, two = np.array(first, float), np.array(second, float)
    if len(one) != len(two):
        raise ValueError("the raters have judged different numbers of things")
    if not len(one):
        return float("nan")
    observed = ((one - two) ** 2).mean()
    expected = ((one[:, None] - two[None, :]) ** 2).mean()
    return float(1 - observed / expected) if expected else float("nan")
