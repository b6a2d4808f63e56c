"""Chroma as classes (Zhang, Isola and Efros 2016, "Colorful Image Colorization").

The plane of a and b is cut into squares of side 10; those that a screen can show are the classes. A
colour's target is soft (its five nearest squares), rare colours weigh more in the loss, and the
answer is the "annealed mean", between the mean (greyish) and the mode (spotty) of the forecast.
"""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor

from skills.colourisation import lab

SIDE = 10.0  # of a square
NEIGHBOURS = 5
SIGMA = 5.0  # of the soft targets' bell
# λ: share of the even distribution mixed into that of the colours. The paper has 0.5; with so few
# pictures that gave colours stronger than the real ones (on the part kept to choose).
SMOOTHING = 0.9
ANNEALING = 0.38  # T of the annealed mean


@cache
def centres() -> Tensor:
    """[q, 2]: the middle a, b of each square that some sRGB colour falls into."""
    steps = torch.linspace(0, 1, 52)
    cube = torch.cartesian_prod(steps, steps, steps).T.reshape(1, 3, 1, -1)  # [1, 3, 1, 52³]
    chroma = lab.from_rgb(cube)[0, 1:, 0].T  # [52³, 2]
    found: Tensor = torch.unique((chroma / SIDE).round(), dim=0) * SIDE
    return found


def soft(chroma: Tensor) -> tuple[Tensor, Tensor]:
    """[m, 2] colours → places and weights [m, 5] of their nearest classes; weights sum to 1."""
    distances, places = torch.cdist(chroma, centres()).topk(NEIGHBOURS, dim=1, largest=False)
    weights = torch.exp(-(distances**2) / (2 * SIGMA**2)) + 1e-12
    return places, weights / weights.sum(dim=1, keepdim=True)


def distribution(chroma: Tensor) -> Tensor:
    """[q]: how often each class occurs among the colours [m, 2], spread over neighbours."""
    places, weights = soft(chroma)
    counts = torch.zeros(len(centres())).index_add_(0, places.flatten(), weights.flatten())
    return counts / counts.sum()


def rebalancing(shares: Tensor, smoothing: float = SMOOTHING) -> Tensor:
    """[q]: a class's weight, w ∝ 1 / ((1 − λ) p + λ / q), scaled so that Σ p w = 1."""
    raw = 1 / ((1 - smoothing) * shares + smoothing / len(shares))
    return raw / (shares * raw).sum()


def annealed_mean(logits: Tensor, temperature: float = ANNEALING) -> Tensor:
    """[n, q, h, w] → a, b [n, 2, h, w]: the mean of the forecast sharpened by 1 / T.

    T → 0 is the mode, T = 1 the mean.
    """
    sharp = torch.softmax(logits / temperature, dim=1)
    return torch.einsum("nqhw,qc->nchw", sharp, centres())
