"""The lecture's start: a picture flattened into a column of pixels, ŷ = σ(wx + b), ŷ > 0.5.

One unit tells cats from the rest. With a unit for each animal the same model is the floor that the
network has to beat.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from skills.animals.composites import Material
from skills.kit.cifar import ANIMALS, SIDE
from skills.kit.learning import Plan, device, learn
from skills.kit.varying import mirrored

CAT = ANIMALS.index("cat")


@dataclass(frozen=True)
class PixelsConfig:
    """Hyperparameters, chosen on the pictures kept from training."""

    plan: Plan = field(
        default_factory=lambda: Plan(epochs=15, batch=128, rate=1e-3, weight_decay=0.3)
    )


class Pixels(nn.Module):
    """wx + b of the flattened picture, for one unit or more; width in pictures side by side."""

    def __init__(self, units: int = 1, abreast: int = 1) -> None:
        super().__init__()
        self.linear = nn.Linear(3 * SIDE * SIDE * abreast, units)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 32, 32 * abreast] in 0..1 → logits [batch, units]."""
        logits: Tensor = self.linear((x * 2 - 1).flatten(1))
        return logits


def fit_pixels(pictures: Tensor, y: Tensor, config: PixelsConfig, seed: int) -> Pixels:
    """Logistic regression on uint8 [n, 3, 32, 32 * abreast] with labels [n, units] of 0 and 1.

    Each unit's positives weigh as much as its negatives: else "never a cat" would be a good guess.
    """
    torch.manual_seed(seed)
    net = Pixels(y.shape[1], pictures.shape[3] // SIDE)
    nn.init.zeros_(net.linear.weight)  # convex: no need to break a symmetry
    share = y.mean(dim=0).clamp(1e-3, 1 - 1e-3)  # [units]
    weights = y / (2 * share) + (1 - y) / (2 * (1 - share))  # [n, units]

    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        where = device()
        z = net(mirrored(pictures[rows].float() / 255, chance).to(where))
        losses = nn.functional.softplus(z) - y[rows].to(where) * z  # the logistic loss
        loss: Tensor = (losses * weights[rows].to(where)).mean()
        return loss

    learn(net, len(pictures), loss_of, config.plan, seed)
    return net


@torch.no_grad()
def pixel_answers(net: Pixels, pictures: Tensor) -> Tensor:
    """ŷ of each unit. uint8 [n, 3, 32, 32 * abreast] → [n, units]."""
    return torch.cat([torch.sigmoid(net(part.float() / 255)) for part in pictures.split(500)])


def cats_and_rest(material: Material) -> tuple[Tensor, Tensor]:
    """All pictures, vehicles too, and 1 for the cats. → uint8 [n, 3, 32, 32], [n]."""
    pictures = torch.cat([material.animals, material.vehicles])
    is_cat = torch.cat([material.labels == CAT, torch.zeros(len(material.vehicles)).bool()])
    return pictures, is_cat.float()
