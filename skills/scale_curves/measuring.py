"""Trains a model on so much data and scores it: one point of a curve."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.kit.learning import Plan, learn
from skills.scale_curves.curve import Point
from skills.scale_curves.digits import Digits, Split, nested_rows
from skills.scale_curves.models import MODELS, Model, build, loss


@dataclass(frozen=True)
class Measuring:
    """What is measured, and how long each net learns."""

    sizes: tuple[int, ...] = tuple(100 * 2**power for power in range(10))  # 100 … 51,200
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)  # each its own subsets, first weights and batches
    batch: int = 128
    epochs: int = 10  # chosen on dev; the test part decides nothing
    least_steps: int = 800  # small subsets are seen more often, so that every net has settled
    weight_decay: float = 1e-2


def plan(model: Model, size: int, measuring: Measuring) -> Plan:
    """So many epochs, and more where these would be too few steps."""
    a_pass = math.ceil(size / measuring.batch)
    epochs = max(measuring.epochs, math.ceil(measuring.least_steps / a_pass))
    return Plan(epochs, measuring.batch, model.rate, measuring.weight_decay)


def train(
    model: Model, pool: Digits, rows: Tensor, measuring: Measuring, seed: int
) -> nn.Sequential:
    """The model trained on these rows [n] of the pool."""
    torch.manual_seed(seed)
    net = build(model)
    pixels, labels = pool.inputs(rows), pool.labels[rows]

    def loss_of(net: nn.Module, batch: Tensor, generator: torch.Generator) -> Tensor:
        where = next(net.parameters()).device
        return loss(model, net(pixels[batch].to(where)), labels[batch].to(where))

    learn(net, len(rows), loss_of, plan(model, len(rows), measuring), seed)
    return net


@torch.no_grad()
def accuracy(net: nn.Sequential, digits: Digits) -> float:
    """The share of digits that it names rightly."""
    guesses = torch.cat([
        net(digits.inputs(slice(first, first + 2000))).argmax(dim=1)
        for first in range(0, len(digits), 2000)
    ])  # fmt: skip
    return float((guesses == digits.labels).float().mean())


def measure(
    split: Split,
    measuring: Measuring,
    keep: Callable[[Model, nn.Sequential], object] | None = None,
    watch: Callable[[Point], object] | None = None,
) -> list[Point]:
    """All points. `keep` gets each model of the first seed at the largest size."""
    points = []
    for seed in measuring.seeds:
        subsets = nested_rows(len(split.pool), measuring.sizes, seed)
        for model in MODELS:
            for size, rows in subsets.items():
                net = train(model, split.pool, rows, measuring, seed)
                point = Point(model.name, size, seed, accuracy(net, split.test))
                points.append(point)
                if watch is not None:
                    watch(point)
                if keep is not None and (seed, size) == (measuring.seeds[0], max(subsets)):
                    keep(model, net)
    return points
