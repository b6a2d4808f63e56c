"""The lecture's output layers, labels and losses: one sigmoid, many sigmoids, one softmax.

Lecture 2: a cat is ŷ = σ(wx + b) > 0.5 with the logistic loss. With one unit for each animal a
label may be multi-hot ("a dog and a cat: one, one, zero") with independent sigmoids, or one-hot
with a softmax where each picture shows one animal. That the losses of the sigmoid units are added
up is not said aloud; it is what independent units come to.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

THRESHOLD = 0.5  # the lecture's


def logistic(z: Tensor) -> Tensor:
    """σ(z) = 1 / (1 + exp(−z)), of each number."""
    return torch.sigmoid(z)


def softmax(z: Tensor) -> Tensor:
    """exp(z_k) / Σ_j exp(z_j) over the last dimension: the units share one."""
    return torch.softmax(z, dim=-1)


def multi_hot(labels: Tensor, units: int) -> Tensor:
    """[n] or [n, shown] whole numbers → [n, units] of zeros and ones."""
    rows = labels.reshape(len(labels), -1)
    return torch.zeros(len(labels), units).scatter_(1, rows, 1.0)


def logistic_loss(z: Tensor, y: Tensor) -> Tensor:
    """−[y log ŷ + (1 − y) log(1 − ŷ)] with ŷ = σ(z), added over the units. [n, units] → [n]."""
    # From logits: log σ(z) itself would be −∞ for a unit that is very wrong.
    losses = nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none")
    return losses.sum(dim=-1)


def cross_entropy(z: Tensor, label: Tensor) -> Tensor:
    """−log softmax(z)[label]. [n, units], [n] → [n]."""
    return nn.functional.cross_entropy(z, label, reduction="none")


def one_of(shown: Tensor, chance: torch.Generator) -> Tensor:
    """One-hot labels can name one animal only: one of those shown, by lot. [n, units] → [n]."""
    return torch.multinomial(shown, 1, generator=chance).squeeze(1)


def emitted(probabilities: Tensor) -> Tensor:
    """Which units say yes: above 0.5. Of a softmax never two. [n, units] → bool [n, units]."""
    return probabilities > THRESHOLD


def top(scores: Tensor, count: int) -> Tensor:
    """The `count` highest units alone, for a reader who knows the count. → bool [n, units]."""
    best = scores.topk(count, dim=-1).indices
    return multi_hot(best, scores.shape[-1]).bool()
