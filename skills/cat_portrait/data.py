"""Generated cats with their labels, and pictures of other things; a seed a split."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from skills.cat_portrait.cat import BREEDS, some_cat
from skills.cat_portrait.net import as_bytes
from skills.cat_portrait.others import other
from skills.cat_portrait.portrait import portrait

TRAIN, DEV, TEST, FRESH = 1_000_000, 2_000_000, 5_000_000, 4_000_000  # first seed of each split


@dataclass(frozen=True)
class Cats:
    """Pictures [n, 3, 64, 64] as bytes, breeds [n] and ages [n] in years."""

    pictures: Tensor
    breeds: Tensor
    ages: Tensor

    def __len__(self) -> int:
        return len(self.breeds)


def cats(count: int, seed: int) -> Cats:
    """So many cats, drawn at random."""
    chance = random.Random(seed)
    drawn = [some_cat(chance) for _ in range(count)]
    return Cats(
        torch.stack([as_bytes(portrait(cat)) for cat in drawn]),
        torch.tensor([BREEDS.index(cat.breed) for cat in drawn]),
        torch.tensor([cat.age for cat in drawn]),
    )


def others(count: int, kinds: Sequence[str], seed: int) -> Tensor:
    """So many pictures of each kind that show no cat: [n, 3, 64, 64] as bytes."""
    chance = random.Random(seed)
    return torch.stack([as_bytes(other(kind, chance)) for kind in kinds for _ in range(count)])


def in_months(given: Cats, share: float, seed: int) -> Cats:
    """The same cats, of which a share has the age noted in months instead of years."""
    wrong = torch.rand(len(given), generator=torch.Generator().manual_seed(seed)) < share
    return replace(given, ages=torch.where(wrong, given.ages * 12, given.ages))
