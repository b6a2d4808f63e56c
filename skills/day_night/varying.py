"""Varies training pictures in ways that do not turn day into night: other cameras, other crops."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def varied(x: Tensor, chance: torch.Generator) -> Tensor:
    """[n, c, h, w] in 0..1, each mirrored, cropped, and with its own gamma, gain, colour cast and
    strength of colours.
    """
    n, channels = x.shape[:2]

    def draw(*shape: int) -> Tensor:
        return torch.rand(shape, generator=chance)

    x = torch.where(draw(n, 1, 1, 1) < 0.5, x.flip(3), x)
    x = _cropped(x, 1 - 0.35 * draw(n), draw(n, 2))
    x = x.clamp(1e-4, 1) ** torch.exp((draw(n, 1, 1, 1) - 0.5) * 0.7)
    x = x * torch.exp((draw(n, 1, 1, 1) - 0.5) * 0.5)
    if channels == 3:
        x = x * torch.exp((draw(n, 3, 1, 1) - 0.5) * 0.3)
        grey = x.mean(dim=1, keepdim=True)
        x = grey + (x - grey) * (draw(n, 1, 1, 1) * 1.4)
    return x.clamp(0, 1)


def _cropped(x: Tensor, scale: Tensor, place: Tensor) -> Tensor:
    """A part of `scale` [n] of each picture, anywhere across, rather up than down."""
    room = 1 - scale
    matrix = torch.zeros(len(x), 2, 3)
    matrix[:, 0, 0] = matrix[:, 1, 1] = scale
    matrix[:, 0, 2] = room * (2 * place[:, 0] - 1)
    matrix[:, 1, 2] = room * (1.2 * place[:, 1] - 1.0)  # the sky stays in the picture
    grid = nn.functional.affine_grid(matrix, list(x.shape), align_corners=False)
    return nn.functional.grid_sample(x, grid, padding_mode="border", align_corners=False)
