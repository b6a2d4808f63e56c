"""How many clusters there are: the elbow of the loss, and X-means by the BIC.

Both are the lecture's names for what to do when nobody says K. With ten photos of somebody and 128
numbers a photo, the spread within a cluster cannot be estimated from that cluster (X-means as
published does, and keeps splitting); here it is what people outside the album showed.
"""

from __future__ import annotations

import math

import numpy as np

from skills.faces.clusters import Clusters, Floats, Whole, k_means


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


def spread_within(points: Floats, people: Whole) -> float:
    """The variance of photos about their person's mean, a number: of dev people, for the BIC."""
    groups = [points[people == person] for person in np.unique(people)]
    loss = sum(float(np.square(own - own.mean(0)).sum()) for own in groups)
    free = points.shape[1] * max(1, len(points) - len(groups))
    return loss / float(free)


def information(
    points: Floats, found: Clusters, variance: float | None = None, album: int | None = None
) -> float:
    """BIC of round Gaussians of one width, higher is better (Pelleg and Moore 2000).

    log-likelihood − (free numbers / 2) log n. Each cluster has d numbers for its centre and one
    for its share. `variance`: σ², known; None estimates it as loss / (d (n − k)). `album`: the n of
    the penalty, where the points are a part of it.
    """
    n, d = points.shape
    k = len(found.centres)
    if variance is None:
        if n <= k:
            return -math.inf
        variance = max(found.loss / (d * (n - k)), 1e-12)
    counts = np.bincount(found.members, minlength=k)
    shares = sum(count * math.log(count / n) for count in counts if count)
    fit = shares - n * d / 2 * math.log(2 * math.pi * variance) - found.loss / (2 * variance)
    return float(fit - (k * (d + 1)) / 2 * math.log(album or n))


def x_means(points: Floats, most: int, variance: float | None = None, seed: int = 0) -> Clusters:
    """Split clusters in two while the BIC of the split beats that of the whole (X-means)."""
    found = k_means(points, 1, seed)
    while len(found.centres) < most:
        album = None if variance is None else len(points)
        centres: list[Floats] = []
        for each in range(len(found.centres)):
            own = points[found.members == each]
            halves = _halves(own, variance, album, seed)
            room = len(centres) + len(found.centres) - each < most
            centres += list(halves) if room and halves is not None else [found.centres[each]]
        if len(centres) == len(found.centres):
            return found
        found = k_means(points, len(centres), seed)
    return found


def _halves(own: Floats, variance: float | None, album: int | None, seed: int) -> Floats | None:
    """Two centres where they explain a cluster better than one; None otherwise."""
    if len(own) < (4 if variance is None else 2):
        return None
    one, two = k_means(own, 1, seed), k_means(own, 2, seed)
    gains = [information(own, each, variance, album) for each in (one, two)]
    return two.centres if gains[1] > gains[0] else None
