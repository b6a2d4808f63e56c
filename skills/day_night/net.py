"""The network of the day/night skill and its committed weights."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

SIZE = 64
NAME = "day_night"  # of its folder of weights


class DayNightNet(nn.Module):
    """Three small convolutions, the mean over the picture, one logit."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 5, stride=2, padding=2), nn.ReLU(),
            nn.Conv2d(8, 16, 3, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(16, 16, 3, stride=2, padding=1), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Linear(32, 1)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 64, 64] in 0..1 → logits [batch]; positive means night."""
        maps = self.body(x * 2 - 1)  # [batch, 16, 8, 8]
        # The upper half is mostly sky: its mean tells more than the whole picture's.
        sky, ground = maps[:, :, :4].mean(dim=(2, 3)), maps[:, :, 4:].mean(dim=(2, 3))
        logits: Tensor = self.head(torch.cat([sky, ground], dim=1)).squeeze(1)
        return logits


def as_tensor(image: Image.Image) -> Tensor:
    """[3, 64, 64] in 0..1."""
    small = image.convert("RGB").resize((SIZE, SIZE), Image.Resampling.BILINEAR)
    pixels = np.asarray(small, dtype=np.float32) / np.float32(255)
    return torch.from_numpy(pixels.transpose(2, 0, 1).copy())


@torch.no_grad()
def probabilities(net: DayNightNet, pictures: Tensor) -> Tensor:
    """P(night) of each picture."""
    return torch.sigmoid(net(pictures))
