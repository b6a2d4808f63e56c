"""Trains the line and the curve on a match's kicks, in about a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.errors import InvalidOption
from skills.goalkeeper.net import Curve, Line, l2_penalty, logistic_loss
from skills.kit.learning import Plan, learn

WAYS = ("none", "l2", "dropout")
Watch = Callable[[int, nn.Module], None]


@dataclass(frozen=True)
class GoalkeeperConfig:
    """Hyperparameters; strengths were chosen on development matches (seeds 1000 on)."""

    kicks: int = 300  # to learn from, as few as in the assignment
    width: int = 40  # units of the first hidden layer; the second has half
    strength: float = 0.7  # λ of the L2 penalty
    keep: float = 0.8  # share of units that dropout keeps
    plan: Plan = field(
        default_factory=lambda: Plan(epochs=600, batch=300, rate=2e-2, weight_decay=0.0)
    )
    line_plan: Plan = field(
        default_factory=lambda: Plan(epochs=200, batch=300, rate=5e-2, weight_decay=0.0)
    )

    def __post_init__(self) -> None:
        if not 0 < self.keep <= 1:
            raise InvalidOption("keep")
        if self.strength < 0:
            raise InvalidOption("strength")


def fit_line(points: Tensor, labels: Tensor, config: GoalkeeperConfig, seed: int) -> Line:
    """Logistic regression. points: [n, 2] metres, labels: [n]."""
    torch.manual_seed(seed)
    net = Line()
    learn(net, len(labels), _loss(points, labels, 0.0), config.line_plan, seed)
    return net


def fit_curve(
    points: Tensor,
    labels: Tensor,
    way: str,
    config: GoalkeeperConfig,
    seed: int,
    watch: Watch | None = None,
) -> Curve:
    """The network, regularised in one of WAYS; `watch` sees it after each pass."""
    if way not in WAYS:
        raise InvalidOption("regularisation")
    torch.manual_seed(seed)  # the same first weights for each way
    net = Curve(config.width, config.keep if way == "dropout" else 1.0)
    strength = config.strength if way == "l2" else 0.0
    hears = None if watch is None else lambda epoch, _: watch(epoch, net)
    learn(net, len(labels), _loss(points, labels, strength), config.plan, seed, hears)
    return net


def _loss(
    points: Tensor, labels: Tensor, strength: float
) -> Callable[[nn.Module, Tensor, torch.Generator], Tensor]:
    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        where = next(net.parameters()).device
        logits = net(points[rows].to(where), chance)
        penalty = l2_penalty(net, strength, len(labels))
        return logistic_loss(logits, labels[rows].to(where)) + penalty

    return loss_of


@torch.no_grad()
def accuracy(net: nn.Module, points: Tensor, labels: Tensor) -> float:
    """The share of kicks told right. points: [n, 2], labels: [n]."""
    return float(((net(points) > 0) == labels.bool()).float().mean())
