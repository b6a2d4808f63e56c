"""How well found clusters agree with the true ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skills.faces.clusters import Floats, Whole


def _table(found: Whole, true: Whole) -> Whole:
    """How many points are in each found and true cluster, [found, true]."""
    _, rows = np.unique(found, return_inverse=True)
    _, columns = np.unique(true, return_inverse=True)
    table = np.zeros((rows.max() + 1, columns.max() + 1), np.int64)
    np.add.at(table, (rows, columns), 1)
    return table


def purity(found: Whole, true: Whole) -> float:
    """The share of points that belong to the majority of their cluster."""
    return float(_table(found, true).max(1).sum() / len(true))


def adjusted_rand(found: Whole, true: Whole) -> float:
    """Pairs put together or apart alike, 1 at best and 0 by chance (Hubert and Arabie 1985)."""
    rows, columns = np.triu_indices(len(true), 1)
    together = found[rows] == found[columns]
    return adjusted_rand_of_pairs(together, true[rows] == true[columns], np.ones(len(rows)))


def adjusted_rand_of_pairs(
    together: NDArray[np.bool_], same: NDArray[np.bool_], weights: Floats
) -> float:
    """The same where each pair counts so often; `together`, `same` and `weights` are [pairs]."""
    both, one, other = (float(weights[kind].sum()) for kind in (together & same, together, same))
    by_chance = one * other / max(float(weights.sum()), 1e-12)
    most = (one + other) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)
