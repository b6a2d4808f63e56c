"""Trains the network of the animals on composites: both output layers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from skills.animals.composites import VEHICLES, Composition, Material, composed
from skills.animals.net import MEMBERS, AnimalNet
from skills.animals.outputs import cross_entropy, logistic_loss
from skills.errors import DataLayoutInvalid
from skills.kit import cifar
from skills.kit.learning import Plan, device, learn


@dataclass(frozen=True)
class AnimalsConfig:
    """Hyperparameters; tried on the pictures that are kept from training."""

    plan: Plan = field(
        default_factory=lambda: Plan(epochs=36, batch=64, rate=3e-3, weight_decay=0.05)
    )
    composition: Composition = field(default_factory=Composition)
    members: int = MEMBERS
    kept_back: int = 150  # pictures of each class for the thresholds, seen by no member


def read_material(data: Path, split: cifar.Split) -> Material:
    """The animals and vehicles of one part; raise DataLayoutInvalid without two animals."""
    kinds = (*cifar.ANIMALS, *VEHICLES)
    pictures, labels = cifar.read(data, split, classes=kinds)
    is_animal = labels < len(cifar.ANIMALS)
    if int(is_animal.sum()) < 2:
        raise DataLayoutInvalid(str(data), cifar.LAYOUT)
    return Material(pictures[is_animal], labels[is_animal], pictures[~is_animal])


def keep_back(data: Path, each: int) -> tuple[Material, Material]:
    """The train part without the last `each` pictures of each class, and those.

    Raise DataLayoutInvalid where a part would be without animals or vehicles.
    """
    pictures, labels = cifar.read(data, "train", classes=(*cifar.ANIMALS, *VEHICLES))
    from_end = torch.cat([torch.arange(int(n), 0, -1) for n in torch.bincount(labels)])
    parts = []
    for rows in (from_end > each, from_end <= each):
        is_animal = labels < len(cifar.ANIMALS)
        animals = rows & is_animal
        part = Material(pictures[animals], labels[animals], pictures[rows & ~is_animal])
        if len(torch.unique(part.labels)) < 2 or not len(part.vehicles):
            raise DataLayoutInvalid(str(data), cifar.LAYOUT)
        parts.append(part)
    return parts[0], parts[1]


def fit(
    material: Material,
    config: AnimalsConfig,
    seed: int,
    watch: Callable[[int, float], None] | None = None,
) -> AnimalNet:
    """A network trained on composites of the given pictures."""
    torch.manual_seed(seed)  # of the first weights
    net = AnimalNet()
    # Twice as quick on a CPU; the overload is missing in torch's types.
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    learn(
        net, len(material.animals), _loss_on(material, config.composition), config.plan, seed, watch
    )
    return net


def _loss_on(
    material: Material, how: Composition
) -> Callable[[nn.Module, Tensor, torch.Generator], Tensor]:
    """The mean loss of a step: the sigmoids' plus the softmax's, on the same composites."""

    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        pictures, shown = composed(material, rows, how, chance)
        where = device()
        # Half precision inside the body: twice as quick, and the losses stay in full.
        with torch.autocast(where.type, torch.bfloat16):
            logits = net(pictures.to(where, memory_format=torch.channels_last))
        z, y = logits.multi_label.float(), shown.to(where)
        return (logistic_loss(z, y) + cross_entropy(logits.one_hot.float(), y)).mean()

    return loss_of
