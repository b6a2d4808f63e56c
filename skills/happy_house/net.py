"""The network of the door: a face to the logit of "happy"."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

NAME = "happy_house"  # of its folder of weights


class HappyNet(nn.Module):
    """Four convolutions, the grid of what is where, one sigmoid's logit.

    `threshold` is the P(happy) from which the door opens, chosen on the development part.
    """

    threshold: Tensor

    def __init__(self, width: int = 12) -> None:
        super().__init__()
        self.register_buffer("threshold", torch.tensor(0.5))
        blocks: list[nn.Module] = []
        for before, after in pairwise((3, width, 2 * width, 3 * width, 4 * width)):
            convolution = nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False)
            blocks += [convolution, nn.BatchNorm2d(after), nn.ReLU()]
        self.body = nn.Sequential(*blocks)
        self.head = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.3),
            nn.Linear(4 * width * 16, 32), nn.ReLU(),
            nn.Linear(32, 1),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 64, 64] in 0..1 → logits [batch]; positive means happy."""
        logits: Tensor = self.head(self.body(x * 2 - 1)).squeeze(1)
        return logits


def pixel_regression() -> nn.Module:
    """Logistic regression on all pixels: the floor. [batch, 3, 64, 64] → [batch]."""
    return nn.Sequential(nn.Flatten(), nn.Linear(3 * 64 * 64, 1), nn.Flatten(0))


@torch.no_grad()
def chances(net: nn.Module, faces: Tensor) -> Tensor:
    """P(happy) [n] of faces [n, 3, 64, 64] in 0..1."""
    return torch.cat([torch.sigmoid(net(part)) for part in faces.split(256)])
