"""Changes that leave a scene a scene: mirror, scale, shift, colour."""

from __future__ import annotations

import torch
from torch import Tensor, nn

_SCALE, _SHIFT, _GAIN = 0.2, 0.1, 0.15
_STILL = 0.6  # share of a box that must stay in the picture, or it is forgotten


def vary(
    pictures: Tensor, boxes: Tensor, kinds: Tensor, chance: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures [n, 3, s, s] uint8 → 0..1, with their boxes [n, most, 4] and kinds [n, most]."""
    count = len(pictures)

    def between(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(count, *shape, generator=chance)

    scale = 1 + between(-_SCALE, _SCALE, 1)
    shift = between(-_SHIFT, _SHIFT, 2)
    sign = torch.where(between(0, 1, 1) < 0.5, -1.0, 1.0)
    x = pictures.float() / 255
    # A point u of the new picture (−1 to 1) shows the old one's u·scale + shift.
    grid = torch.zeros(count, 2, 3)
    grid[:, 0, 0], grid[:, 1, 1] = (sign * scale).squeeze(1), scale.squeeze(1)
    grid[:, :, 2] = shift
    flow = nn.functional.affine_grid(grid, list(x.shape), align_corners=False)
    x = nn.functional.grid_sample(x, flow, padding_mode="reflection", align_corners=False)
    gain, lift = between(1 - _GAIN, 1 + _GAIN, 3, 1, 1), between(-0.06, 0.06, 1, 1, 1)
    x = (x * gain + lift).clamp(0, 1)
    moved, seen = _moved(boxes, sign, scale, shift)
    return x, moved, torch.where(seen, kinds, torch.full_like(kinds, -1))


def _moved(boxes: Tensor, sign: Tensor, scale: Tensor, shift: Tensor) -> tuple[Tensor, Tensor]:
    """Boxes where they now are, cut at the edges, and which can still be seen."""
    turned = torch.cat([sign, torch.ones_like(sign)], dim=1)[:, None]  # [n, 1, 2]
    ends = [
        (boxes[..., k : k + 2] * 2 - 1 - shift[:, None]) / scale[:, None] * turned for k in (0, 2)
    ]
    low, high = torch.minimum(*ends), torch.maximum(*ends)
    whole = (high - low).prod(dim=-1)
    low, high = low.clamp(-1, 1), high.clamp(-1, 1)
    seen = (high - low).prod(dim=-1) > _STILL * whole
    return (torch.cat([low, high], dim=-1) + 1) / 2, seen
