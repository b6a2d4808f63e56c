"""The network of the animals: a small residual one (He et al. 2015) with two output layers."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from skills.animals.outputs import THRESHOLD, anywhere
from skills.kit.cifar import ANIMALS

NAME = "animal_classifier"  # of its folder of weights
WIDTHS = (32, 48, 96, 192)  # maps of the first layer and of the three blocks
LAYERS = ("edges", "block1", "block2", "block3", "encoding")  # from shallow to deep
WINDOW = 4  # side of the last maps of a picture of 32 × 32: the window in which one animal fits
MEMBERS = 2


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


class Windows(nn.Module):
    """An encoding of each window as large as one animal: the mean and maximum of each map in it."""

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, maps, h, w] → [batch, windows, 2 * maps]."""
        step = WINDOW // 2  # of two pictures side by side: left, middle, right
        mean = nn.functional.avg_pool2d(x, WINDOW, step)
        most = nn.functional.max_pool2d(x, WINDOW, step)
        return torch.cat([mean, most], dim=1).flatten(2).transpose(1, 2)


class AnimalNet(nn.Module):
    """First-layer filters, three blocks, an encoding; from it six sigmoid and six softmax units.

    Both output layers stand on the same body, so that they differ in nothing but label,
    activation and loss. It takes pictures of 32 pixels and more; it learnt on 32 × 32, two side by
    side, and two one above the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.edges = nn.Sequential(
            nn.Conv2d(3, WIDTHS[0], 5, padding=2, bias=False), nn.BatchNorm2d(WIDTHS[0]), nn.ReLU()
        )
        self.block1 = Block(WIDTHS[0], WIDTHS[1])
        self.block2 = Block(WIDTHS[1], WIDTHS[2])
        self.block3 = Block(WIDTHS[2], WIDTHS[3])
        self.encoding = Windows()
        self.multi_label = nn.Linear(2 * WIDTHS[3], len(ANIMALS))
        self.one_hot = nn.Linear(2 * WIDTHS[3], len(ANIMALS))

    def forward(self, x: Tensor) -> Logits:
        """x: [batch, 3, h, w] in 0..1 → logits of both output layers."""
        encoding = self.up_to(x, "encoding")  # [batch, windows, 384]
        return Logits(anywhere(self.multi_label(encoding)), anywhere(self.one_hot(encoding)))

    def up_to(self, x: Tensor, layer: str) -> Tensor:
        """What leaves one of LAYERS. x: [batch, 3, h, w] in 0..1."""
        x = x * 2 - 1
        for name in LAYERS[: LAYERS.index(layer) + 1]:
            x = self.get_submodule(name)(x)
        return x


class Committee(nn.Module):
    """The mean logits of a few nets of other seeds, each of which sees the picture and its mirror.

    `thresholds` are those of the sigmoid units, chosen on pictures kept from training.
    """

    def __init__(self, members: int = MEMBERS) -> None:
        super().__init__()
        self.members = nn.ModuleList(AnimalNet() for _ in range(members))
        self.thresholds: Tensor
        self.register_buffer("thresholds", torch.full((len(ANIMALS),), THRESHOLD))

    def forward(self, x: Tensor) -> Logits:
        """x: [batch, 3, h, w] in 0..1 → logits of both output layers."""
        votes = [member(view) for member in self.members for view in (x, x.flip(3))]
        return Logits(*(torch.stack(each).mean(dim=0) for each in zip(*votes, strict=True)))


@torch.no_grad()
def answers(net: nn.Module, pictures: Tensor, batch: int = 250) -> Logits:
    """Logits of many pictures, a batch at a time. uint8 [n, 3, h, w] → [n, 6] twice."""
    parts = [net(part.float() / 255) for part in pictures.split(batch)]
    return Logits(*(torch.cat(each) for each in zip(*parts, strict=True)))
