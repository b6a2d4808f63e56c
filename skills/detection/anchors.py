"""Typical box sizes by k-means with 1 − IoU as the distance (YOLO v2, Redmon and Farhadi 2017)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Sizes = NDArray[np.floating]


def size_overlap(sizes: Sizes, anchors: Sizes) -> Sizes:
    """IoU of boxes that share their centre: [n, 2] and [k, 2] → [n, k]."""
    common = np.minimum(sizes[:, None], anchors[None]).prod(axis=2)
    shares: Sizes = common / (sizes.prod(axis=1)[:, None] + anchors.prod(axis=1)[None] - common)
    return shares


def find_anchors(sizes: Sizes, count: int, seed: int, rounds: int = 50) -> Sizes:
    """`count` sizes [count, 2], smallest area first, near which the boxes' sizes [n, 2] lie."""
    chance = np.random.default_rng(seed)
    anchors = sizes[chance.choice(len(sizes), count, replace=False)]
    for _ in range(rounds):
        nearest = size_overlap(sizes, anchors).argmax(axis=1)
        moved = np.stack([
            np.median(sizes[nearest == k], axis=0) if (nearest == k).any() else anchors[k]
            for k in range(count)
        ])  # fmt: skip
        if np.allclose(moved, anchors):
            break
        anchors = moved
    ordered: Sizes = anchors[anchors.prod(axis=1).argsort()]
    return ordered
