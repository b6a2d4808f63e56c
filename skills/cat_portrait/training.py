"""Trains the two-headed net, and the linear one that is its floor."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.cat_portrait.cat import BREEDS
from skills.cat_portrait.data import Cats
from skills.cat_portrait.losses import age_loss, softmax_loss
from skills.cat_portrait.net import AGE_SCALE, CatNet, as_input
from skills.kit.learning import Plan, learn


@dataclass(frozen=True)
class CatConfig:
    """Hyperparameters."""

    cats: int = 6000  # to learn from
    dev: int = 1000  # for the limits: the ages' intervals, the distance of a drawn cat
    test: int = 1500
    others: int = 150  # of each kind that is no cat
    plan: Plan = field(default_factory=lambda: Plan(epochs=12, rate=4e-3))
    ablation_cats: int = 2500
    ablation_seeds: tuple[int, ...] = (0, 1, 2)
    ablation_plan: Plan = field(default_factory=lambda: Plan(epochs=6, rate=4e-3))
    wrong_ages: float = 0.2  # share of ages noted in months, in the ablation


class LinearNet(nn.Module):
    """The floor: both answers straight from 32 × 32 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.breed = nn.Linear(3 * 32 * 32, len(BREEDS))
        self.age = nn.Linear(3 * 32 * 32, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x: [batch, 3, 64, 64] in 0..1 → logits [batch, 8], ages [batch] in years."""
        pixels = nn.functional.avg_pool2d(x * 2 - 1, 2).flatten(1)  # [batch, 3072]
        return self.breed(pixels), AGE_SCALE * (1 + self.age(pixels).squeeze(1))


def fit(net: nn.Module, cats: Cats, plan: Plan, seed: int, squared: bool = False) -> None:
    """Train both heads at once; `squared`: the age by L2 in place of L1."""

    def loss_of(net: nn.Module, rows: Tensor, generator: torch.Generator) -> Tensor:
        where = next(net.parameters()).device
        logits, ages = net(as_input(cats.pictures[rows]).to(where))
        right = softmax_loss(logits, cats.breeds[rows].to(where))
        return right + age_loss(ages, cats.ages[rows].to(where), squared)

    learn(net, len(cats), loss_of, plan, seed)


def new(seed: int) -> CatNet:
    """An untrained net whose first weights follow from the seed."""
    torch.manual_seed(seed)
    return CatNet()


@torch.no_grad()
def answers(net: nn.Module, pictures: Tensor) -> tuple[Tensor, Tensor]:
    """Chances of the breeds [n, 8] and ages [n] in years, not below 0."""
    parts = [net(as_input(part)) for part in pictures.split(250)]
    logits, ages = (torch.cat(each) for each in zip(*parts, strict=True))
    return logits.softmax(dim=1), ages.clamp(min=0)


@torch.no_grad()
def encodings(net: CatNet, pictures: Tensor) -> Tensor:
    """What familiarity is judged by: [n, 64]."""
    return torch.cat([net.encode(as_input(part)) for part in pictures.split(250)])
