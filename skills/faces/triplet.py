"""The triplet loss and semi-hard mining (FaceNet, Schroff et al. 2015; lecture 2).

Distances are squared L2 throughout: between 0 and 4 for encodings of length 1.
"""

from __future__ import annotations

import torch
from torch import Tensor

_FAR = 9.0  # beyond any distance on the unit sphere


def squared_distances(one: Tensor, other: Tensor) -> Tensor:
    """‖a − b‖² of each of one ([n, d]) to each of other ([m, d]): [n, m]."""
    return (one[:, None] - other[None]).square().sum(2)


def triplet_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float) -> Tensor:
    """max(‖A − P‖² − ‖A − N‖² + α, 0) of each triplet, [batch]; encodings are [batch, d].

    α is added: with Enc ≡ 0 the loss is α, so the trivial answer is never the best one. Without
    the max with zero, α would have no gradient and no effect (the lecture leaves the max out).
    """
    near = (anchor - positive).square().sum(1)
    far = (anchor - negative).square().sum(1)
    return torch.relu(near - far + margin)


def semi_hard_triplets(encodings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Rows (anchor, positive, negative) of a batch, [triplets, 3]: one for each ordered pair.

    The negative is the nearest one that is farther than the positive but within the margin; where
    there is none, the nearest of all. `encodings`: [batch, d], `people`: [batch].
    """
    distances = squared_distances(encodings, encodings).detach()  # [batch, batch]
    same = people[:, None] == people[None]
    itself = torch.eye(len(people), dtype=torch.bool, device=people.device)
    pairs = (same & ~itself).nonzero()  # [triplets, 2]
    near = distances[pairs[:, 0], pairs[:, 1]][:, None]
    others = torch.where(same[pairs[:, 0]], _FAR, distances[pairs[:, 0]])  # [triplets, batch]
    semi = torch.where((others > near) & (others < near + margin), others, _FAR)
    value, row = semi.min(1)
    chosen = torch.where(value < _FAR, row, others.min(1).indices)
    return torch.cat([pairs, chosen[:, None]], dim=1)


def batch_loss(encodings: Tensor, people: Tensor, margin: float) -> Tensor:
    """The mean loss of the mined triplets that have any (easy ones teach nothing)."""
    rows = semi_hard_triplets(encodings, people, margin)
    anchors, positives, negatives = (encodings[rows[:, column]] for column in range(3))
    losses = triplet_loss(anchors, positives, negatives, margin)
    return losses.sum() / (losses > 0).sum().clamp(min=1)
