"""A fixed bank of Gabor filters and the energy maps it gives (Daugman 1985; Lades et al. 1993).

A Gabor filter is a wave under a bell: it answers to stripes of one width and direction. The length
of a cosine and a sine answer together (the energy) hardly changes when a face moves a little, and
nothing in it is learnt, so thirty people are enough for what comes after it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Bank:
    """The filters; lengths in pixels."""

    directions: int = 8
    wavelength: float = 4.0
    width: float = 2.0  # deviation of the bell along the wave
    flat: float = 0.8  # its width along the wave by that across
    size: int = 11  # of a filter, odd
    shrink: tuple[float, ...] = (1.0, 1.5, 2.25, 3.25)  # of the picture: longer waves in it
    grid: tuple[int, int] = (7, 6)  # rows and columns of a map

    @property
    def numbers(self) -> int:
        """Of all energy maps together."""
        return self.directions * len(self.shrink) * self.grid[0] * self.grid[1]


def filters(bank: Bank) -> Tensor:
    """[2 directions, 1, size, size], cosine and sine in turn; each sums to 0 and, absolute, to 1.

    exp(−(u² + γ²v²) / 2σ²) · cos(2πu / λ + φ) with (u, v) turned by the direction; the bell is
    taken off until plain grey gives 0.
    """
    steps = torch.arange(bank.size) - (bank.size - 1) / 2
    y, x = torch.meshgrid(steps, steps, indexing="ij")  # [size, size]
    made = []
    for place in range(bank.directions):
        angle = math.pi * place / bank.directions
        u = x * math.cos(angle) + y * math.sin(angle)
        v = y * math.cos(angle) - x * math.sin(angle)
        bell = torch.exp(-(u**2 + (bank.flat * v) ** 2) / (2 * bank.width**2))
        for phase in (0.0, math.pi / 2):
            wave = bell * torch.cos(2 * math.pi * u / bank.wavelength + phase)
            wave = wave - bell * (wave.sum() / bell.sum())
            made.append(wave / wave.abs().sum())
    return torch.stack(made)[:, None]


def energies(x: Tensor, waves: Tensor, bank: Bank) -> Tensor:
    """Roots of the energies, averaged over the grid.

    x: [batch, 1, height, width] of even light → [batch, directions · scales, rows, columns].
    """
    maps = []
    for shrink in bank.shrink:
        answers = nn.functional.conv2d(_padded(_shrunk(x, shrink), bank.size // 2), waves)
        cosine, sine = answers[:, 0::2], answers[:, 1::2]  # [batch, directions, h, w]
        maps.append(_resized((cosine**2 + sine**2 + 1e-12).sqrt(), bank.grid))
    return torch.cat(maps, 1).sqrt()  # the root keeps one bright edge from outweighing the rest


def _shrunk(x: Tensor, by: float) -> Tensor:
    if by == 1:
        return x
    return _resized(x, (round(x.shape[2] / by), round(x.shape[3] / by)))


def _resized(x: Tensor, size: tuple[int, int]) -> Tensor:
    return nn.functional.interpolate(x, size, mode="bilinear", antialias=True, align_corners=False)


def _padded(x: Tensor, by: int) -> Tensor:
    return nn.functional.pad(x, (by, by, by, by), mode="reflect")
