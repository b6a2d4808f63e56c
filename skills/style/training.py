"""Trains the network that looks; scores the optimisation on pairs nothing was chosen on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from skills.kit import cifar, weights
from skills.kit.figures import Figure, today
from skills.kit.measures import Interval, mean_interval, wilson
from skills.style.backbone import BackboneConfig, accuracy_hits, evened, fit, folded
from skills.style.colours import matched
from skills.style.features import Features, Layout, random_features
from skills.style.losses import gram, style_loss
from skills.style.optimise import Losses, TransferConfig, paint
from skills.style.paintings import PAINTINGS, painting
from skills.style.pictures import as_tensor
from skills.style.scenes import scene

NAME = "style_transfer"
_EVENING_SEED, HELD_OUT_SEED, _RANDOM_SEED = 1000, 9500, 0
_PLAN = TransferConfig()
_SIZE = 128  # of the scored pairs: four times quicker than 256


def evening_pictures() -> Tensor:
    """Generated places and paintings that even out the channels: [36, 3, 64, 64]."""
    places = [as_tensor(scene(_EVENING_SEED + number, 64)) for number in range(32)]
    return torch.cat([*places, *(as_tensor(painting(name, 64, 50)) for name in PAINTINGS)])


def backbone() -> Features:
    """The committed network, frozen; raise WeightsMissing."""
    return weights.load(Features(Layout()), NAME).frozen()


def train_backbone(data: Path, seed: int, config: BackboneConfig) -> Tensor:
    """Train on CIFAR-10's training pictures, write the weights; which test pictures it gets right
    ([n] of 0 and 1)."""
    net = fit(*cifar.read(data, "train"), config, seed)
    weights.save(evened(folded(net), evening_pictures()), NAME)
    return accuracy_hits(net, *cifar.read(data, "test"))


def pairs(count: int, first: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Content and style ([1, 3, 128, 128]) of generated pairs, by consecutive seeds."""
    names = list(PAINTINGS)
    for seed in range(first, first + count):
        style = painting(names[seed % len(names)], _SIZE, seed)
        yield as_tensor(scene(seed, _SIZE)), as_tensor(style)


def fall(history: list[Losses], config: TransferConfig) -> float:
    """The share of α content + β style at the start that is gone at the end."""
    first, last = (
        float(config.alpha * each.content + config.beta * each.style)
        for each in (history[0], history[-1])
    )
    return 1 - last / first


@torch.no_grad()
def nearer_style(judge: Features, x: Tensor, content: Tensor, style: Tensor) -> bool:
    """Whether another network finds x's Gram matrices nearer the style's than the content's."""
    layers = TransferConfig().style_layers
    found = judge(x, list(layers))

    def distance(other: Tensor) -> float:
        grams = {name: gram(maps) for name, maps in judge(other, list(layers)).items()}
        return float(style_loss(found, grams, layers))

    return distance(style) < distance(content)


def compared(count: int, first: int = HELD_OUT_SEED) -> list[Figure]:
    """The figures of the trained network, and of random weights, on pairs of seeds `first` and on.

    Each network's pictures are judged by the other one, for the one that painted would flatter.
    """
    trained = backbone()
    chance = evened(random_features(_RANDOM_SEED), evening_pictures())
    return [
        *score(trained, chance, count, first, "trained"),
        *score(chance, trained, count, first, "random"),
    ]


def score(
    net: Features,
    judge: Features,
    count: int,
    first: int,
    name: str,
    config: TransferConfig = _PLAN,
) -> list[Figure]:
    """The figures of one network's optimisations, from both starts."""
    falls, near, ratios = [], 0, []
    for content, style in pairs(count, first):
        target = matched(content, style)
        noisy, history = paint(net, target, style, replace(config, start="noise"))
        falls.append(fall(history, config))
        near += nearer_style(judge, noisy, content, style)
        _, other = paint(net, target, style, replace(config, start="content"))
        ratios.append(float(history[-1].total(config) / other[-1].total(config)))
    split = f"{count} generated pairs, seeds {first} and on, {_SIZE} px"

    def figure(
        what: str, value: float, interval: Interval, target: float | None, floor: float | None
    ) -> Figure:
        command = "python -m skills eval style_transfer --data -"
        return Figure(
            f"{what} ({name} weights)", value, count, split, "generated", command, today(),
            interval, target, floor, "" if floor is None else "the start itself",
        )  # fmt: skip

    return [
        figure("fall of content + style loss from noise", *_mean(falls), 0.95, 0.0),
        figure("nearer the style's statistics than the content's, by the other network",
               near / count, wilson(near, count), 0.9, 0.0),
        figure("final loss from noise over that from content, equal steps", *_mean(ratios), None,
               None),
    ]  # fmt: skip


def _mean(values: list[float]) -> tuple[float, Interval]:
    numbers = np.asarray(values)
    return float(numbers.mean()), mean_interval(numbers)
