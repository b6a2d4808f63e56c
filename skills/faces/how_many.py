"""How many clusters there are: the elbow of the loss, and X-means by the BIC.

Both are the lecture's names for what to do when nobody says K.
"""

from __future__ import annotations

import math

import numpy as np

from skills.faces.clusters import Clusters, Floats, k_means


def losses(points: Floats, most: int, seed: int = 0) -> list[float]:
    """The K-means loss for K = 1 … most."""
    return [k_means(points, k, seed).loss for k in range(1, min(most, len(points)) + 1)]


def elbow(curve: list[float]) -> int:
    """The K (from 1) farthest below the straight line from the first to the last loss."""
    if len(curve) < 3 or curve[0] - curve[-1] <= 1e-12 * max(1.0, curve[0]):
        return 1
    last = len(curve) - 1
    drops = [
        (curve[0] - loss) / (curve[0] - curve[-1]) - place / last
        for place, loss in enumerate(curve)
    ]
    return int(np.argmax(drops)) + 1


def information(points: Floats, found: Clusters) -> float:
    """BIC of round Gaussians of one width, higher is better (Pelleg and Moore 2000).

    log-likelihood − (free numbers / 2) log n, with σ² = loss / (d (n − k)). Each cluster has
    d numbers for its centre and one for its share, and there is one σ².
    """
    n, d = points.shape
    k = len(found.centres)
    if n <= k:
        return -math.inf
    variance = max(found.loss / (d * (n - k)), 1e-12)
    counts = np.bincount(found.members, minlength=k)
    shares = sum(count * math.log(count / n) for count in counts if count)
    fit = shares - n * d / 2 * math.log(2 * math.pi * variance) - d * (n - k) / 2
    return float(fit - (k * (d + 1)) / 2 * math.log(n))


def x_means(points: Floats, most: int, seed: int = 0) -> Clusters:
    """Split clusters in two while the BIC of the split beats that of the whole (X-means)."""
    found = k_means(points, 1, seed)
    while len(found.centres) < most:
        centres: list[Floats] = []
        for each in range(len(found.centres)):
            own = points[found.members == each]
            halves = _halves(own, seed)
            room = len(centres) + len(found.centres) - each < most
            centres += list(halves) if room and halves is not None else [found.centres[each]]
        if len(centres) == len(found.centres):
            return found
        found = k_means(points, len(centres), seed)
    return found


def _halves(own: Floats, seed: int) -> Floats | None:
    """Two centres where they explain a cluster better than one; None otherwise."""
    if len(own) < 4:
        return None
    one, two = k_means(own, 1, seed), k_means(own, 2, seed)
    return two.centres if information(own, two) > information(own, one) else None


def principal(points: Floats, numbers: int) -> Floats:
    """The points along their main directions, [n, numbers]: the BIC needs n well above d."""
    centred = points - points.mean(0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    along: Floats = centred @ directions[:numbers].T
    return along
