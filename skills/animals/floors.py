"""The same questions answered by linear units on the pixels, trained and scored on the same items.

They are the lecture's starting model, so that the network's worth can be told from the task's.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from skills.animals.composites import Material, pairs_of_two
from skills.animals.measuring import mean_of_recalls
from skills.animals.outputs import emitted, multi_hot, top
from skills.animals.pixels import Pixels, PixelsConfig, cats_and_rest, fit_pixels, pixel_answers
from skills.animals.thresholds import chosen, exactly_right
from skills.kit.cifar import ANIMALS

_PAIRINGS = 4  # seeds of pairs that the linear units learn from


@dataclass(frozen=True)
class Floors:
    """Shares that the linear units get right."""

    one: float  # the highest unit is the animal shown
    two: float  # the units above their thresholds are exactly the two
    two_highest: float
    cat: float  # balanced accuracy of cat against the rest


def linear_floors(
    learnt: Material, kept_back: Material, test: Material, cat: Pixels, config: PixelsConfig
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
        cat=mean_of_recalls(*cat_rights(cat, test)),
    )


def cat_rights(cat: Pixels, material: Material) -> tuple[Tensor, Tensor]:
    """Whether ŷ > 0.5 is right, and what was to be said, of all pictures. bool [n], [n]."""
    pictures, is_cat = cats_and_rest(material)
    return emitted(pixel_answers(cat, pictures)[:, 0]) == is_cat.bool(), is_cat


def _share(right: Tensor) -> float:
    return float(right.float().mean())
