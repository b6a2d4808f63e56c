"""How far a picture's colours are from a painting's, whatever shapes they make.

Gram matrices of a network that learnt objects hardly see hues: left alone, a network that paints at
once takes to colours that the painting does not have. Along a few directions of the colour cube the
sorted pixels of both are compared (the sliced Wasserstein distance, Rabin et al. 2011).
"""

from __future__ import annotations

import torch
from torch import Tensor

_EACH = 2  # of so many pixels a side one is looked at


def directions(count: int = 12) -> Tensor:
    """Unit vectors spread over half a sphere (a Fibonacci lattice): [count, 3]."""
    place = torch.arange(count) + 0.5
    height, turn = place / count, place * torch.pi * (3 - 5**0.5)
    flat = (1 - height**2).sqrt()
    return torch.stack([flat * turn.cos(), flat * turn.sin(), height], dim=1)


def sorted_colours(x: Tensor, count: int | None = None) -> Tensor:
    """The pixels of [batch, 3, height, width] along each direction, lowest first.

    [batch, directions, places], or [..., count] evenly chosen of them.
    """
    flat = x[:, :, ::_EACH, ::_EACH].flatten(2)  # [batch, 3, places]
    ordered = (directions().to(x.device) @ flat).sort(dim=2).values
    if count is not None:
        share = (torch.arange(count, device=x.device) + 0.5) / count
        ordered = ordered[:, :, (share * ordered.shape[2]).long()]
    return ordered


def palette_loss(x: Tensor, goal: Tensor) -> Tensor:
    """Squared distance of the sorted colours in units of the goal's variance, a scalar.

    `goal`: `sorted_colours` of the painting, as many as x gives.
    """
    spread = goal.var(dim=2, keepdim=True).mean().clamp(min=1e-6)
    return (sorted_colours(x) - goal).square().mean() / spread
