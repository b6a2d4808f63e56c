"""Logistic regression and a small network on landing points, and the two ways to regularise."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from skills.goalkeeper.match import LENGTH, WIDTH


def scaled(points: Tensor) -> Tensor:
    """Metres to about -2…2, so that both directions weigh the same. [n, 2] → [n, 2]."""
    middle = points.new_tensor([LENGTH / 2, WIDTH / 2])
    return (points - middle) / 20.0


def logistic_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """The mean of -(y log ŷ + (1 - y) log(1 - ŷ)) with ŷ = σ(logit). Both [n]."""
    loss: Tensor = nn.functional.binary_cross_entropy_with_logits(logits, labels)
    return loss


def l2_penalty(net: nn.Module, strength: float, items: int) -> Tensor:
    """λ/(2m) · Σ‖W‖² over the weight matrices; biases go free (course 2's assignment)."""
    squares = [p.square().sum() for p in net.parameters() if p.dim() > 1]
    return strength / (2 * items) * torch.stack(squares).sum()


def inverted_dropout(activations: Tensor, keep: float, chance: torch.Generator) -> Tensor:
    """Each activation stays with probability `keep`, divided by it: its mean is unchanged."""
    kept = torch.rand(activations.shape, generator=chance) < keep
    return activations * kept.to(activations.device) / keep


class Line(nn.Module):
    """Logistic regression: a straight line."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(2, 1)

    def forward(self, points: Tensor, chance: torch.Generator | None = None) -> Tensor:
        """Points [n, 2] in metres → logits [n]; positive means a team-mate."""
        logits: Tensor = self.layer(scaled(points)).squeeze(1)
        return logits


class Curve(nn.Module):
    """Two hidden layers: a line that may bend.

    The assignment has 20 and 3 units; ours is wider, so that it can overfit and regularisation has
    something to do.
    """

    def __init__(self, width: int = 40, keep: float = 1.0) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(2, width), nn.Linear(width, width // 2)
        self.last = nn.Linear(width // 2, 1)
        self.keep = keep
        for layer in (self.first, self.second):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")

    def forward(self, points: Tensor, chance: torch.Generator | None = None) -> Tensor:
        """Points [n, 2] → logits [n]; dropout only with a source of chance (in training)."""
        hidden = scaled(points)
        for layer in (self.first, self.second):
            hidden = torch.relu(layer(hidden))  # [n, units]
            if chance is not None and self.keep < 1:
                hidden = inverted_dropout(hidden, self.keep, chance)
        logits: Tensor = self.last(hidden).squeeze(1)
        return logits
