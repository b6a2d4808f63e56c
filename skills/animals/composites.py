"""Puts pictures side by side or one above the other: one animal or two, and the label for it.

Every composite knows its animals because it was put together from labelled pictures. A second half
without an animal shows one of CIFAR-10's vehicles.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from skills.animals.outputs import multi_hot
from skills.kit.cifar import ANIMALS, SIDE

VEHICLES = ("airplane", "automobile", "ship", "truck")
_MARGIN = 4  # pixels by which a picture may be shifted


@dataclass(frozen=True)
class Material:
    """What composites are made of, as `skills.kit.cifar.read` gives it."""

    animals: Tensor  # uint8 [n, 3, 32, 32]
    labels: Tensor  # [n], places in ANIMALS
    vehicles: Tensor  # uint8 [m, 3, 32, 32]


@dataclass(frozen=True)
class Composition:
    """How training composites are made."""

    alone: float = 0.7  # share of the steps with one picture to each item
    empty: float = 0.2  # vehicles alone in such a step, for each animal
    animal: float = 0.6  # share of second halves with an animal; the others show a vehicle
    hole: int = 8  # side of the grey square that hides a part (DeVries and Taylor 2017)
    gain: float = 0.15  # most that a picture is brightened or darkened by


def beside(one: Tensor, other: Tensor, stacked: bool = False) -> Tensor:
    """[n, 3, 32, 32] twice → [n, 3, 32, 64], or [n, 3, 64, 32] one above the other."""
    return torch.cat([one, other], dim=2 if stacked else 3)


def composed(
    material: Material, rows: Tensor, how: Composition, chance: torch.Generator
) -> tuple[Tensor, Tensor]:
    """A step's pictures (float [m, 3, h, w]) with the animals in `rows`, and multi-hot labels."""
    pictures = varied(material.animals[rows], how, chance)
    shown = multi_hot(material.labels[rows], len(ANIMALS))
    if _coin(how.alone, chance):
        places = _drawn(len(material.vehicles), round(how.empty * len(rows)), chance)
        without = varied(material.vehicles[places], how, chance)
        nothing = torch.zeros(len(places), len(ANIMALS))
        return torch.cat([pictures, without]), torch.cat([shown, nothing])
    partners = _drawn(len(material.animals), len(rows), chance)
    others = _drawn(len(material.vehicles), len(rows), chance)
    is_animal = torch.rand(len(rows), generator=chance) < how.animal
    half = torch.where(
        is_animal[:, None, None, None], material.animals[partners], material.vehicles[others]
    )
    of_partners = multi_hot(material.labels[partners], len(ANIMALS))
    shown = torch.maximum(shown, of_partners * is_animal[:, None])
    halves = [pictures, varied(half, how, chance)]
    first = int(_coin(0.5, chance))
    return beside(halves[first], halves[1 - first], _coin(0.5, chance)), shown


def varied(pixels: Tensor, how: Composition, chance: torch.Generator) -> Tensor:
    """Mirrored, shifted, brightened and partly hidden. uint8 → float [n, 3, 32, 32] in 0..1."""
    count = len(pixels)
    x = pixels.float() / 255
    x = torch.where(torch.rand(count, 1, 1, 1, generator=chance) < 0.5, x.flip(3), x)
    padded = torch.nn.functional.pad(x, (_MARGIN,) * 4, mode="reflect")
    places = torch.arange(SIDE)
    down = places + _drawn(2 * _MARGIN + 1, count, chance)[:, None]  # [n, 32]
    across = places + _drawn(2 * _MARGIN + 1, count, chance)[:, None]
    items = torch.arange(count)[:, None, None]
    x = padded[items, :, down[:, :, None], across[:, None, :]].permute(0, 3, 1, 2)
    x = x * (1 + how.gain * (2 * torch.rand(count, 1, 1, 1, generator=chance) - 1))
    hidden_rows = _within(places, _drawn(SIDE, count, chance), how.hole)
    hidden_columns = _within(places, _drawn(SIDE, count, chance), how.hole)
    hidden = (hidden_rows[:, :, None] & hidden_columns[:, None, :])[:, None]  # [n, 1, 32, 32]
    return torch.where(hidden, torch.tensor(0.5), x).clamp(0, 1)


def pairs_of_two(material: Material, seed: int) -> tuple[Tensor, Tensor]:
    """Two different animals in each, no picture used twice. → uint8 [m, 3, 32, 64], labels [m, 2].

    That no picture comes twice keeps the composites independent of each other, as the intervals
    of their figures ask.
    """
    chance = torch.Generator().manual_seed(seed)
    half = len(material.animals) // 2
    rows = torch.randperm(len(material.animals), generator=chance)[: 2 * half]
    labels = torch.stack([material.labels[rows[:half]], material.labels[rows[half:]]], dim=1)
    pictures = beside(material.animals[rows[:half]], material.animals[rows[half:]])
    different = labels[:, 0] != labels[:, 1]
    return pictures[different], labels[different]


def pairs_with_a_vehicle(material: Material, seed: int) -> tuple[Tensor, Tensor]:
    """One animal and one vehicle in each, on either side, none twice. → as above, labels [m]."""
    chance = torch.Generator().manual_seed(seed)
    count = min(len(material.animals), len(material.vehicles))
    rows = torch.randperm(len(material.animals), generator=chance)[:count]
    animals, vehicles = material.animals[rows], material.vehicles[:count]
    left = torch.rand(count, generator=chance) < 0.5
    pictures = torch.where(
        left[:, None, None, None], beside(animals, vehicles), beside(vehicles, animals)
    )
    return pictures, material.labels[rows]


def _drawn(below: int, count: int, chance: torch.Generator) -> Tensor:
    return torch.randint(0, below, (count,), generator=chance)


def _coin(share: float, chance: torch.Generator) -> bool:
    return float(torch.rand(1, generator=chance)) < share


def _within(places: Tensor, middle: Tensor, side: int) -> Tensor:
    """Which places lie in a stretch of `side` around each middle. [32], [n] → bool [n, 32]."""
    start = (middle - side // 2)[:, None]
    return (places >= start) & (places < start + side)
