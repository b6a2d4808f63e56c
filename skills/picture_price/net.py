"""The network: a picture of a bicycle to its price."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

NAME = "picture_price"  # of its folder of weights
_STEP = 100.0  # dollars of one unit of output


class PriceNet(nn.Module):
    """Five convolutions, a coarse grid of what is where, two dense layers; in dollars."""

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        sizes = (3, width, 2 * width, 3 * width, 4 * width)
        blocks: list[nn.Module] = []
        for before, after in pairwise(sizes):
            convolution = nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False)
            blocks += [convolution, nn.BatchNorm2d(after), nn.ReLU()]
        blocks += [nn.Conv2d(4 * width, 4 * width, 3, padding=1), nn.ReLU()]
        self.body = nn.Sequential(*blocks)
        self.head = nn.Sequential(
            nn.Flatten(), nn.Linear(4 * width * 5 * 6, 64), nn.ReLU(), nn.Linear(64, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 72, 96] in 0..1 → dollars [batch]."""
        maps = self.body(x * 2 - 1)  # [batch, 4 · width, 5, 6]
        price: Tensor = self.head(maps).squeeze(1)
        return price * _STEP


def huber(guesses: Tensor, prices: Tensor, bend: float = 50.0) -> Tensor:
    """Squared below `bend` dollars, straight (L1) above: a whim of a seller does not rule.

    ½ e²/δ for |e| ≤ δ, else |e| - ½ δ; the mean over the batch. Both [n].
    """
    error = (guesses - prices).abs()
    return torch.where(error <= bend, error.square() / (2 * bend), error - bend / 2).mean()
