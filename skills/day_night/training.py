"""Trains a day/night network on photos, with generated scenes beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn

from skills.day_night.net import SIDE, DayNightNet, as_tensor
from skills.day_night.scenes import Scene, scene
from skills.day_night.varying import varied
from skills.kit.learning import Plan, learn


@dataclass(frozen=True)
class DayNightConfig:
    """Hyperparameters."""

    epochs: int = 40
    batch: int = 32  # photos a step
    rate: float = 4e-3
    weight_decay: float = 1e-2
    generated: int = 32  # generated scenes a step, beside the photos
    generated_weight: float = 0.7  # of one of them in the loss
    pool: int = 1500  # scenes to draw from
    folds: int = 5  # of the grouped cross-validation


def generate(count: int, seed: int, side: int = SIDE) -> list[Scene]:
    """Scenes by day, dusk and night, one in seven a room; no two seeds share one."""
    chance = np.random.default_rng(seed)
    heights = (
        chance.uniform(6, 60, count),
        chance.uniform(-6, 6, count),
        chance.uniform(-40, -6, count),
    )
    kinds = chance.choice(3, count, p=[0.4, 0.2, 0.4])
    rooms = chance.random(count) < 0.15
    return [
        scene(float(heights[kind][i]), seed * 100_000 + i, bool(rooms[i]), side)
        for i, kind in enumerate(kinds)
    ]


def stacked(scenes: Sequence[Scene]) -> tuple[Tensor, Tensor]:
    """Pictures [n, 3, side, side] and labels [n] of scenes."""
    side = scenes[0].picture.width
    pictures = torch.stack([as_tensor(each.picture, side) for each in scenes])
    return pictures, torch.tensor([float(each.night) for each in scenes])


@cache
def _pool(count: int) -> tuple[Tensor, Tensor]:
    return stacked(generate(count, seed=1))


def fit(
    pictures: Tensor,
    labels: Tensor,
    config: DayNightConfig,
    seed: int,
    cameras: Sequence[int] | None = None,
) -> DayNightNet:
    """Train on all of the given pictures [n, c, side, side].

    A camera that sent many pictures of one label weighs less for each: 1 / √their number.
    """
    torch.manual_seed(seed)
    net = DayNightNet(pictures.shape[1], pictures.shape[3])
    weights = _weights(labels, cameras)
    drawn = _pool(config.pool) if config.generated else None

    def loss(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        x, y, w = pictures[rows], labels[rows], weights[rows]
        if drawn is not None:
            places = torch.randint(len(drawn[1]), (config.generated,), generator=chance)
            x, y = torch.cat([x, drawn[0][places]]), torch.cat([y, drawn[1][places]])
            w = torch.cat([w, torch.full((config.generated,), config.generated_weight)])
        return logistic_loss(net(varied(x, chance)), y, w)

    plan = Plan(config.epochs, config.batch, config.rate, config.weight_decay, warm_up=0.3)
    learn(net, len(labels), loss, plan, seed)
    return net


def logistic_loss(logits: Tensor, labels: Tensor, weights: Tensor | None = None) -> Tensor:
    """The lecture's −[y log ŷ + (1 − y) log(1 − ŷ)], the mean over pictures (weighted).

    The lecturer calls it convex; in the weights of a network it is not, only in the logits (and so
    for logistic regression).
    """
    each = nn.functional.softplus(logits) - labels * logits  # the same, without overflow
    return each.mean() if weights is None else (each * weights).mean()


def _weights(labels: Tensor, cameras: Sequence[int] | None) -> Tensor:
    if cameras is None:
        return torch.ones(len(labels))
    keys = list(zip(cameras, labels.tolist(), strict=True))
    counts = Counter(keys)
    raw = torch.tensor([counts[key] ** -0.5 for key in keys])
    return raw / raw.mean()
