"""Linear regression with a penalty on the weights, in closed form.

There are more columns than ratings, so it is solved over the rows: w = Xᵀ (X Xᵀ + λ I)⁻¹ y. One
decomposition serves every λ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ridge:
    """Predicts clipped to `low` and `high`, the ends of the scale."""

    weights: Floats  # [columns]
    centre: Floats  # [columns]
    mean: float
    penalty: float
    low: float = 1.0
    high: float = 5.0

    def predict(self, columns: Floats) -> Floats:
        """[n] scores."""
        raw = (columns - self.centre) @ self.weights + self.mean
        return np.asarray(np.clip(raw, self.low, self.high))


def fit_all(
    columns: Floats, scores: Floats, counts: Floats, penalties: Iterable[float]
) -> list[Ridge]:
    """One model a penalty; a row weighs as many ratings as its score is the mean of."""
    share = counts / counts.sum()
    centre, mean = share @ columns, float(share @ scores)
    root = np.sqrt(counts)
    x = (columns - centre) * root[:, None]
    y = (scores - mean) * root
    values, vectors = np.linalg.eigh(x @ x.T)  # [n], [n, n]
    turned = vectors.T @ y
    return [
        Ridge(x.T @ (vectors @ (turned / (np.maximum(values, 0) + penalty))), centre, mean, penalty)
        for penalty in penalties
    ]
