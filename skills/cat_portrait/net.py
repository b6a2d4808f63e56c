"""One trunk, two heads: breed (softmax) and age (one number)."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor, nn

from skills.cat_portrait.cat import BREEDS
from skills.cat_portrait.portrait import SIZE

NAME = "cat_portrait"  # of its folder of weights
ENCODING = 64
AGE_SCALE = 8.0  # years: the head's 0 is 8 years and its 1 is 16
_WIDTHS = (16, 32, 48, 64)


class CatNet(nn.Module):
    """Four convolutions that halve the picture, an encoding, a head for each question."""

    def __init__(self) -> None:
        super().__init__()
        stages, before = [], 3
        for width in _WIDTHS:
            convolution = nn.Conv2d(before, width, 3, stride=2, padding=1, bias=False)
            stages.append(nn.Sequential(convolution, nn.BatchNorm2d(width), nn.ReLU()))
            before = width
        self.stages = nn.ModuleList(stages)
        self.encoder = nn.Sequential(nn.Linear(before * 16, ENCODING), nn.ReLU(), nn.Dropout(0.1))
        self.breed = nn.Linear(ENCODING, len(BREEDS))
        self.age = nn.Linear(ENCODING, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x: [batch, 3, 64, 64] in 0..1 → breed logits [batch, 8] and ages [batch] in years."""
        encoding = self.encode(x)
        return self.breed(encoding), AGE_SCALE * (1 + self.age(encoding).squeeze(1))

    def maps(self, x: Tensor) -> list[Tensor]:
        """The activations of each stage: [batch, 16, 32, 32] … [batch, 64, 4, 4]."""
        found, x = [], x * 2 - 1
        for stage in self.stages:
            x = stage(x)
            found.append(x)
        return found

    def encode(self, x: Tensor) -> Tensor:
        """x: [batch, 3, 64, 64] in 0..1 → encodings [batch, 64]."""
        return self._encoding(self.maps(x)[-1])

    def _encoding(self, last: Tensor) -> Tensor:
        encoding: Tensor = self.encoder(last.flatten(1))  # [batch, 64]
        return encoding


def as_bytes(image: Image.Image) -> Tensor:
    """The middle square at 64 × 64: [3, 64, 64], 0..255."""
    square = ImageOps.fit(image.convert("RGB"), (SIZE, SIZE), Image.Resampling.BOX)
    return torch.from_numpy(np.asarray(square).transpose(2, 0, 1).copy())


def as_input(pictures: Tensor) -> Tensor:
    """Bytes to 0..1."""
    return pictures.float() / 255
