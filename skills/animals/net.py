"""The network of the animals: a small residual one (He et al. 2015) with two output layers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from skills.kit.cifar import ANIMALS, SIDE

NAME = "animal_classifier"  # of its folder of weights
WIDTHS = (32, 48, 96, 192)  # maps of the first layer and of the three blocks
LAYERS = ("edges", "block1", "block2", "block3", "encoding")  # from shallow to deep


class Logits(NamedTuple):
    """Both output layers, before sigmoid and softmax: [batch, 6] each."""

    multi_label: Tensor
    one_hot: Tensor


class Block(nn.Module):
    """Two convolutions around a short cut, at half the resolution."""

    def __init__(self, maps_in: int, maps_out: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(maps_in, maps_out, 3, stride=2, padding=1, bias=False)
        self.second = nn.Conv2d(maps_out, maps_out, 3, padding=1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(maps_out) for _ in range(3))
        self.short_cut = nn.Conv2d(maps_in, maps_out, 1, stride=2, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, in, h, w] → [batch, out, h/2, w/2]."""
        inner = torch.relu(self.norms[0](self.first(x)))
        return torch.relu(self.norms[1](self.second(inner)) + self.norms[2](self.short_cut(x)))


class Pooling(nn.Module):
    """Mean and maximum of each map: an animal in one half of the picture still counts in full."""

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, maps, h, w] → [batch, 2 * maps]."""
        return torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], dim=1)


class AnimalNet(nn.Module):
    """First-layer filters, three blocks, an encoding; from it six sigmoid and six softmax units.

    Both output layers stand on the same body, so that they differ in nothing but label,
    activation and loss. It takes pictures of any size; it learnt on 32 × 32, two side by side, and
    two one above the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.edges = nn.Sequential(
            nn.Conv2d(3, WIDTHS[0], 5, padding=2, bias=False), nn.BatchNorm2d(WIDTHS[0]), nn.ReLU()
        )
        self.block1 = Block(WIDTHS[0], WIDTHS[1])
        self.block2 = Block(WIDTHS[1], WIDTHS[2])
        self.block3 = Block(WIDTHS[2], WIDTHS[3])
        self.encoding = Pooling()
        self.multi_label = nn.Linear(2 * WIDTHS[3], len(ANIMALS))
        self.one_hot = nn.Linear(2 * WIDTHS[3], len(ANIMALS))

    def forward(self, x: Tensor) -> Logits:
        """x: [batch, 3, h, w] in 0..1 → logits of both output layers."""
        maps = self.edges(x * 2 - 1)  # [batch, 32, h, w]
        maps = self.block3(self.block2(self.block1(maps)))  # [batch, 192, h/8, w/8]
        encoding = self.encoding(maps)  # [batch, 384]
        return Logits(self.multi_label(encoding), self.one_hot(encoding))


def as_input(image: Image.Image) -> Tensor:
    """[3, h, w] in 0..1: the shorter side 32 pixels, of the longer one the middle 64 at most."""
    scale = SIDE / min(image.size)
    width, height = (max(SIDE, round(side * scale)) for side in image.size)
    width, height = min(width, 2 * SIDE), min(height, 2 * SIDE)
    box_width, box_height = width / scale, height / scale
    left, upper = (image.width - box_width) / 2, (image.height - box_height) / 2
    box = (max(0.0, left), max(0.0, upper), min(image.width, left + box_width),
           min(image.height, upper + box_height))  # fmt: skip
    small = image.convert("RGB").resize((width, height), Image.Resampling.BOX, box)
    return as_float(torch.from_numpy(np.asarray(small, dtype=np.uint8).transpose(2, 0, 1).copy()))


def as_float(pixels: Tensor) -> Tensor:
    """uint8 → float in 0..1, of the same shape."""
    return pixels.float() / 255


@torch.no_grad()
def answers(net: AnimalNet, pictures: Tensor, batch: int = 256) -> Logits:
    """Logits of many pictures, a batch at a time. uint8 [n, 3, h, w] → [n, 6] twice."""
    parts = [net(as_float(part)) for part in pictures.split(batch)]
    return Logits(*(torch.cat(each) for each in zip(*parts, strict=True)))
