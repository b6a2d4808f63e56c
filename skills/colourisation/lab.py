"""CIE Lab, which parts lightness L from the chroma a, b (CIE 1976; sRGB: IEC 61966-2-1, D65).

Equal distances in Lab look about equally large, so errors of colour are measured in it.
"""

from __future__ import annotations

import torch
from torch import Tensor

_TO_XYZ = torch.tensor(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_FROM_XYZ = torch.linalg.inv(_TO_XYZ.double()).float()
_WHITE = _TO_XYZ.sum(dim=1)  # of the light D65: what R = G = B = 1 gives
_DELTA = 6 / 29


def linear(srgb: Tensor) -> Tensor:
    """The light of sRGB values in 0..1: the screen's gamma undone."""
    return torch.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055).clamp(min=0) ** 2.4)


def gamma(light: Tensor) -> Tensor:
    """sRGB values of light in 0..1; the inverse of `linear`."""
    safe = light.clamp(min=0)
    return torch.where(safe <= 0.0031308, safe * 12.92, 1.055 * safe ** (1 / 2.4) - 0.055)


def from_rgb(rgb: Tensor) -> Tensor:
    """[n, 3, h, w] sRGB in 0..1 → Lab of that shape: L in 0..100, a (green to red) and b (blue to
    yellow) about −110..110.
    """
    xyz = torch.einsum("ij,njhw->nihw", _TO_XYZ, linear(rgb)) / _WHITE.view(3, 1, 1)
    x, y, z = _forward(xyz).unbind(1)  # each [n, h, w]
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], dim=1)


def to_rgb(lab: Tensor) -> Tensor:
    """[n, 3, h, w] Lab → sRGB in 0..1; colours that a screen cannot show are cut to its range."""
    lightness, a, b = lab.unbind(1)
    y = (lightness + 16) / 116
    xyz = _backward(torch.stack([y + a / 500, y, y - b / 200], dim=1)) * _WHITE.view(3, 1, 1)
    light = torch.einsum("ij,njhw->nihw", _FROM_XYZ, xyz)
    return gamma(light.clamp(0, 1)).clamp(0, 1)


def _forward(t: Tensor) -> Tensor:
    """f(t) = ∛t, and a straight line near zero."""
    line = t / (3 * _DELTA**2) + 4 / 29
    return torch.where(t > _DELTA**3, t.clamp(min=1e-12) ** (1 / 3), line)


def _backward(t: Tensor) -> Tensor:
    return torch.where(t > _DELTA, t**3, 3 * _DELTA**2 * (t - 4 / 29))
