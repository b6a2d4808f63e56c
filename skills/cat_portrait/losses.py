"""The losses of the two heads.

The lecture (2): "the L1 loss is for regression", said of the age of a cat beside its breed. L1 is
least at the median of what was seen, L2 at the mean, which a few wildly wrong ages carry away.
"""

from __future__ import annotations

from torch import Tensor, nn

YEARS = 4.0  # an error of so many years weighs as much as one unit of cross-entropy


def l1(guesses: Tensor, ages: Tensor) -> Tensor:
    """The mean of |ŷ − y|; guesses, ages: [n]."""
    return (guesses - ages).abs().mean()


def l2(guesses: Tensor, ages: Tensor) -> Tensor:
    """The mean of (ŷ − y)²; guesses, ages: [n]."""
    return (guesses - ages).square().mean()


def softmax_loss(logits: Tensor, breeds: Tensor) -> Tensor:
    """−log of the softmax at the right breed, mean; logits [n, breeds], breeds [n]."""
    return nn.functional.cross_entropy(logits, breeds)


def age_loss(guesses: Tensor, ages: Tensor, squared: bool) -> Tensor:
    """L1 or L2 in units of `YEARS`."""
    if squared:
        return l2(guesses / YEARS, ages / YEARS)
    return l1(guesses / YEARS, ages / YEARS)
