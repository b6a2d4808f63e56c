"""The encoder: a deep, narrow residual network from a face to 128 numbers on the unit sphere."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.kit import weights

HEIGHT, WIDTH = 56, 48  # of a crop in pixels; ORL's own shape, halved
NUMBERS = 128  # of an encoding (FaceNet's)
NAME = "face_verification"  # of the folder of weights


@dataclass(frozen=True)
class Shape:
    """Channels of the four stages, each half the former's resolution."""

    stages: tuple[int, ...] = (16, 24, 32, 48)
    dropout: float = 0.0  # before the last layer


class _Block(nn.Module):
    """Two convolutions and a shortcut (He et al. 2016)."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU(),
            nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after),
        )  # fmt: skip
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1 or before != after:
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x: Tensor) -> Tensor:
        """[batch, before, h, w] → [batch, after, h / stride, w / stride]."""
        return torch.relu(self.body(x) + self.shortcut(x))


class Encoder(nn.Module):
    """Enc(x) of the lecture: nine convolutions, one linear layer, ‖Enc(x)‖ = 1."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        shape = shape or Shape()
        first, last = shape.stages[0], shape.stages[-1]
        self.stem = nn.Sequential(
            nn.Conv2d(1, first, 3, 1, 1, bias=False), nn.BatchNorm2d(first), nn.ReLU(),
            nn.MaxPool2d(2),
        )  # fmt: skip
        befores = (first, *shape.stages[:-1])
        self.stages = nn.Sequential(
            *(
                _Block(before, after, 1 if number == 0 else 2)
                for number, (before, after) in enumerate(zip(befores, shape.stages, strict=True))
            )
        )
        self.dropout = nn.Dropout(shape.dropout)
        self.head = nn.Linear(last * 4 * 3, NUMBERS)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, 1, 56, 48] in 0..1 → encodings [batch, 128] of length 1."""
        maps = self.stages(self.stem(even_light(x)))  # [batch, 48, 4, 3]
        return nn.functional.normalize(self.head(self.dropout(maps.flatten(1))), dim=1)


def even_light(x: Tensor) -> Tensor:
    """Each picture at mean 0 and deviation 1: brightness and contrast no longer count.

    x: [batch, 1, height, width].
    """
    mean, spread = x.mean((1, 2, 3), keepdim=True), x.std((1, 2, 3), keepdim=True)
    return (x - mean) / (spread + 1e-3)


@torch.no_grad()
def encode(net: Encoder, crops: Tensor) -> Tensor:
    """The mean encoding of each face and its mirror image, [batch, 128], again of length 1."""
    return nn.functional.normalize(net(crops) + net(crops.flip(3)), dim=1)


def committed() -> Encoder:
    """The encoder with its committed weights; raise WeightsMissing."""
    return weights.load(Encoder(), NAME)
