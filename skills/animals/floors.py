"""The same questions answered by linear units on the pixels, trained and scored on the same items.

They are the lecture's starting model, so that the network's worth can be told from the task's.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from skills.animals.composites import Material, pairs_of_two
from skills.animals.outputs import multi_hot, top
from skills.animals.pixels import PixelsConfig, fit_pixels, pixel_answers
from skills.animals.thresholds import chosen, exactly_right
from skills.kit.cifar import ANIMALS

_PAIRINGS = 4  # seeds of pairs that the linear units learn from


@dataclass(frozen=True)
class Floors:
    """Shares that the linear units get right."""

    one: float  # the highest unit is the animal shown
    two: float  # the units above their thresholds are exactly the two
    two_highest: float


def linear_floors(
    learnt: Material, kept_back: Material, test: Material, config: PixelsConfig
) -> Floors:
    """Train on the same pictures, choose thresholds on the same, score on the same."""
    units = len(ANIMALS)
    single = fit_pixels(learnt.animals, multi_hot(learnt.labels, units), config, 0)
    guesses = pixel_answers(single, test.animals).argmax(dim=1)
    pairs = [pairs_of_two(learnt, seed) for seed in range(_PAIRINGS)]
    pictures, labels = (torch.cat(each) for each in zip(*pairs, strict=True))
    double = fit_pixels(pictures, multi_hot(labels, units), config, 0)
    kept, of_kept = pairs_of_two(kept_back, 1)
    above = chosen([(pixel_answers(double, kept), multi_hot(of_kept, units))])
    asked, of_asked = pairs_of_two(test, 0)
    scores, shown = pixel_answers(double, asked), multi_hot(of_asked, units)
    return Floors(
        one=_share(guesses == test.labels),
        two=_share(exactly_right(scores, shown, above)),
        two_highest=_share((top(scores, 2) == shown.bool()).all(dim=1)),
    )


def _share(right: Tensor) -> float:
    return float(right.float().mean())
