"""Logistic regression on pixels, and the convolutional network that came after it."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from skills.sign_digits.digits import DIGITS

NAME = "sign_digits"  # of the folder of weights
LOGISTIC = "logistic"  # its part
_SIDE = 64


class SignNet(nn.Module):
    """Four convolutions, the grid of what is where, two dense layers.

    Each map is pooled before it is normalised, and channels lie together in memory: on a CPU that
    takes a third of the time.
    """

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        for before, after in pairwise((3, width, 2 * width, 3 * width, 4 * width)):
            blocks += [
                nn.Conv2d(before, after, 3, padding=1, bias=False),
                nn.MaxPool2d(2), nn.BatchNorm2d(after), nn.ReLU(),
            ]  # fmt: skip
        self.body = nn.Sequential(*blocks)
        self.head = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.3),
            nn.Linear(4 * width * 16, 48), nn.ReLU(),
            nn.Linear(48, DIGITS),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 64, 64] in 0..1 → logits [batch, 6]."""
        near = (x * 2 - 1).contiguous(memory_format=torch.channels_last)
        logits: Tensor = self.head(self.body(near))
        return logits


class PixelRegression(nn.Module):
    """Softmax of a weighted sum of all pixels: lecture 1's first try."""

    def __init__(self) -> None:
        super().__init__()
        self.line = nn.Linear(3 * _SIDE * _SIDE, DIGITS)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 64, 64] in 0..1 → logits [batch, 6]."""
        logits: Tensor = self.line(x.flatten(1) * 2 - 1)
        return logits


@torch.no_grad()
def chances(net: nn.Module, pictures: Tensor) -> Tensor:
    """P(digit) [n, 6] of pictures [n, 3, 64, 64] in 0..1."""
    return torch.cat([net(part).softmax(dim=1) for part in pictures.split(256)])


def margin(net: nn.Module, x: Tensor, digit: int) -> Tensor:
    """How far a digit's logit lies above the best of the others. x: [n, 3, 64, 64] → [n]."""
    logits = net(x)
    others = logits.clone()
    others[:, digit] = -torch.inf
    found: Tensor = logits[:, digit] - others.amax(dim=1)
    return found
