"""The networks of the day/night skill: one small convolutional net, and a committee of five."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

SIDE = 64
NAME = "day_night"  # of its folder of weights
MEMBERS = 5


class DayNightNet(nn.Module):
    """Three small convolutions; means over sky and ground and the strongest answers; one logit."""

    def __init__(self, channels: int = 3, side: int = SIDE, width: int = 16) -> None:
        super().__init__()
        strides = [2, 2 if side >= 16 else 1, 2 if side >= 32 else 1]  # a map of 4 x 4 or more
        self.body = nn.Sequential(
            nn.Conv2d(channels, width, 5, strides[0], 2), nn.ReLU(),
            nn.Conv2d(width, 2 * width, 3, strides[1], 1), nn.ReLU(),
            nn.Conv2d(2 * width, 2 * width, 3, strides[2], 1), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Sequential(
            nn.Linear(6 * width, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, channels, side, side] in 0..1 → logits [batch]; positive means night."""
        maps = self.body(x * 2 - 1)  # [batch, 32, 8, 8]
        half = maps.shape[2] // 2  # the upper half is mostly sky, the lower has the lamps
        sky, ground = maps[:, :, :half].mean(dim=(2, 3)), maps[:, :, half:].mean(dim=(2, 3))
        pooled = torch.cat([sky, ground, maps.amax(dim=(2, 3))], dim=1)  # [batch, 96]
        logits: Tensor = self.head(pooled).squeeze(1)
        return logits


class Committee(nn.Module):
    """The mean logit of nets that each left out a fifth of the cameras, over a temperature."""

    def __init__(self, members: int = MEMBERS) -> None:
        super().__init__()
        self.members = nn.ModuleList(DayNightNet() for _ in range(members))
        self.temperature: Tensor
        self.cut: Tensor
        self.register_buffer("temperature", torch.ones(1))
        self.register_buffer("cut", torch.ones(1))  # the one-feature floor's threshold on V

    def forward(self, x: Tensor) -> Tensor:
        """[batch, 3, 64, 64] in 0..1 → calibrated logits [batch]."""
        votes = torch.stack([member(x) for member in self.members])  # [members, batch]
        return votes.mean(dim=0) / self.temperature


def as_tensor(image: Image.Image, side: int = SIDE) -> Tensor:
    """[3, side, side] in 0..1."""
    small = image.convert("RGB").resize((side, side), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float32) / np.float32(255)
    return torch.from_numpy(pixels.transpose(2, 0, 1).copy())


@torch.no_grad()
def probabilities(net: nn.Module, pictures: Tensor) -> Tensor:
    """P(night) of each picture."""
    return torch.sigmoid(net(pictures))
