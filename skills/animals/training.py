"""Trains the network of the animals on composites: both output layers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from skills.animals.composites import VEHICLES, Composition, Material, composed
from skills.animals.net import AnimalNet
from skills.animals.outputs import cross_entropy, logistic_loss, one_of
from skills.errors import DataLayoutInvalid
from skills.kit import cifar
from skills.kit.learning import Plan, device, learn


@dataclass(frozen=True)
class AnimalsConfig:
    """Hyperparameters; chosen on 150 pictures of each class that were kept from training."""

    plan: Plan = field(default_factory=lambda: Plan(epochs=30, batch=64, rate=4e-3))
    composition: Composition = field(default_factory=Composition)


def read_material(data: Path, split: cifar.Split) -> Material:
    """The animals and vehicles of one part; raise DataLayoutInvalid if either is absent."""
    animals, labels = cifar.read(data, split, classes=cifar.ANIMALS)
    vehicles, _ = cifar.read(data, split, classes=VEHICLES)
    if len(animals) < 2:
        raise DataLayoutInvalid(str(data), cifar.LAYOUT)
    return Material(animals, labels, vehicles)


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
    loss_of = _loss_on(material, config.composition)
    learn(net, len(material.animals), loss_of, config.plan, seed, watch)
    return net


def _loss_on(
    material: Material, how: Composition
) -> Callable[[nn.Module, Tensor, torch.Generator], Tensor]:
    """The mean loss of a step: the sigmoids' plus the softmax's, on the same composites."""

    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        pictures, shown = composed(material, rows, how, chance)
        label = one_of(shown, chance)
        where = device()
        # Half precision inside the body: twice as quick, and the losses stay in full.
        with torch.autocast(where.type, torch.bfloat16):
            logits = net(pictures.to(where, memory_format=torch.channels_last))
        losses = logistic_loss(logits.multi_label.float(), shown.to(where))
        return (losses + cross_entropy(logits.one_hot.float(), label.to(where))).mean()

    return loss_of
