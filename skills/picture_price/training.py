"""Bicycles for training and for held-out scoring, and the training itself."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.kit.learning import Plan, learn
from skills.kit.scenery import SEEN, UNSEEN, bytes_of
from skills.kit.varying import mirrored
from skills.picture_price.bicycle import PARTS, draw_bicycle
from skills.picture_price.drawing import HEIGHT, WIDTH, draw_look, draw_picture
from skills.picture_price.net import PriceNet, huber


@dataclass(frozen=True)
class PriceConfig:
    """Hyperparameters, chosen on the development part."""

    pictures: int = 9_000
    width: int = 16
    plan: Plan = field(default_factory=lambda: Plan(epochs=22, batch=64, rate=3e-3))


@dataclass(frozen=True)
class Offers:
    """Bicycles on offer: pictures [n, 3, 72, 96] as bytes, prices [n], parts' truth [n, 6]."""

    pictures: Tensor
    labels: Tensor  # [n, 72, 96]: 0 background, else 1 + the part's place in PARTS
    asked: Tensor  # dollars, with the seller's whim: what is learnt from
    part_prices: Tensor  # dollars, the truth behind it: only for scoring

    def as_floats(self, rows: Tensor | slice = slice(None)) -> Tensor:
        """Pictures in 0..1."""
        return self.pictures[rows].float() / 255


def draw_offers(name: str, count: int, unseen: bool, related: bool = True) -> Offers:
    """A named part of the data: each has pictures of its own; `unseen` styles are for scoring."""
    pictures = torch.empty(count, 3, HEIGHT, WIDTH, dtype=torch.uint8)
    labels = torch.empty(count, HEIGHT, WIDTH, dtype=torch.uint8)
    asked, parts = torch.empty(count), torch.empty(count, len(PARTS))
    for row in range(count):
        chance = random.Random(f"{name} {row}")
        bicycle = draw_bicycle(chance, related)
        look = draw_look(chance, UNSEEN if unseen else SEEN, unseen)
        image, shown = draw_picture(bicycle, look, chance)
        pictures[row] = bytes_of(image, (WIDTH, HEIGHT))
        labels[row] = torch.from_numpy(shown)
        asked[row] = bicycle.asked
        prices = bicycle.part_prices()
        parts[row] = torch.tensor([prices[part] for part in PARTS])
    return Offers(pictures, labels, asked, parts)


def fit(offers: Offers, config: PriceConfig, seed: int) -> PriceNet:
    """Train on prices alone; nothing is told of parts."""
    torch.manual_seed(seed)
    net = PriceNet(config.width)

    def loss_of(model: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        where = next(model.parameters()).device
        x = mirrored(offers.as_floats(rows), chance)
        return huber(model(x.to(where)), offers.asked[rows].to(where))

    learn(net, len(offers.asked), loss_of, config.plan, seed)
    return net


@torch.no_grad()
def guesses(net: nn.Module, pictures: Tensor) -> Tensor:
    """Dollars [n] of pictures [n, 3, 72, 96] in 0..1."""
    return torch.cat([net(part) for part in pictures.split(256)])


def ridge(offers: Offers, strength: float) -> Tensor:
    """Weights of a linear regression on pixels (halved in size), the last for the constant."""
    x = _flat(offers)  # [n, features]
    gram = x.T @ x + strength * torch.eye(x.shape[1])
    weights: Tensor = torch.linalg.solve(gram, x.T @ offers.asked)
    return weights


def ridge_guesses(weights: Tensor, offers: Offers) -> Tensor:
    """Dollars [n]."""
    return _flat(offers) @ weights


def _flat(offers: Offers) -> Tensor:
    small = nn.functional.avg_pool2d(offers.as_floats(), 2).flatten(1) - 0.5
    return torch.cat([small, torch.ones(len(small), 1)], dim=1)
