"""Other photos of the same face: turned, scaled, shifted, in other light.

The lecture's answer to "is it invariant?": train on changed copies labelled as the same person.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def vary(faces: Tensor, chance: torch.Generator, much: float = 1.0) -> Tensor:
    """Changed copies, [batch, 1, height, width] in about 0..1; `much` 0 changes nothing."""
    return _lit(_moved(faces, chance, much), chance, much)


def _uniform(like: Tensor, half: float, chance: torch.Generator) -> Tensor:
    return (torch.rand(len(like), generator=chance) * 2 - 1) * half


def _moved(faces: Tensor, chance: torch.Generator, much: float) -> Tensor:
    """Up to 8° turned, 10% scaled, 4% stretched, 6% of the picture shifted."""
    turn, scale = _uniform(faces, 0.14 * much, chance), _uniform(faces, 0.1 * much, chance).exp()
    stretch = _uniform(faces, 0.04 * much, chance).exp()
    right, down = _uniform(faces, 0.12 * much, chance), _uniform(faces, 0.12 * much, chance)
    return affine(faces, turn, scale, stretch, right, down)


def affine(
    faces: Tensor, turn: Tensor, scale: Tensor, stretch: Tensor, right: Tensor, down: Tensor
) -> Tensor:
    """Turn (radians), scale, stretch sideways and shift (half pictures) each face; all [batch]."""
    shape = faces.shape[3] / faces.shape[2]
    c, s = turn.cos() * scale, turn.sin() * scale
    upper = torch.stack([c * stretch, -s / shape, right], 1)
    lower = torch.stack([s * shape, c / stretch, down], 1)
    grid = nn.functional.affine_grid(
        torch.stack([upper, lower], 1), list(faces.shape), align_corners=False
    )
    return nn.functional.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def _lit(faces: Tensor, chance: torch.Generator, much: float) -> Tensor:
    """Gamma and a light from one side; overall brightness does not count in the encoder."""

    def each(half: float) -> Tensor:
        return _uniform(faces, half * much, chance)[:, None, None, None]

    height, width = faces.shape[2:]
    across = torch.linspace(-1, 1, width)[None, None, None]
    down = torch.linspace(-1, 1, height)[None, None, :, None]
    lit = faces.clamp(1e-3, 1) ** each(0.4).exp()
    return lit * (1 + each(0.3) * across + each(0.2) * down)
