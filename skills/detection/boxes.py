"""Boxes: how much two overlap (IoU), and one box for each thing (non-maximum suppression)."""

from __future__ import annotations

import torch
from torch import Tensor

_TINY = 1e-9


def corners(centred: Tensor) -> Tensor:
    """[..., 4] of centre and size → left, top, right, bottom."""
    middle, half = centred[..., :2], centred[..., 2:] / 2
    return torch.cat([middle - half, middle + half], dim=-1)


def centred(boxes: Tensor) -> Tensor:
    """[..., 4] of left, top, right, bottom → centre and size."""
    low, high = boxes[..., :2], boxes[..., 2:]
    return torch.cat([(low + high) / 2, high - low], dim=-1)


def overlap(one: Tensor, other: Tensor) -> Tensor:
    """Intersection over union of corner boxes [..., 4], broadcast; 0 where both are empty."""
    low = torch.maximum(one[..., :2], other[..., :2])
    high = torch.minimum(one[..., 2:], other[..., 2:])
    common = (high - low).clamp(min=0).prod(dim=-1)
    area_one = (one[..., 2:] - one[..., :2]).clamp(min=0).prod(dim=-1)
    area_other = (other[..., 2:] - other[..., :2]).clamp(min=0).prod(dim=-1)
    return common / (area_one + area_other - common).clamp(min=_TINY)


def suppress(boxes: Tensor, scores: Tensor, kinds: Tensor, limit: float) -> Tensor:
    """Rows to keep, best first: of boxes of a class that overlap by more than `limit`, the surest.

    `boxes`: [n, 4] corners; `scores`, `kinds`: [n].
    """
    waiting = scores.argsort(descending=True, stable=True)
    kept: list[int] = []
    while len(waiting):
        best, rest = waiting[0], waiting[1:]
        kept.append(int(best))
        same = (kinds[rest] == kinds[best]) & (overlap(boxes[best], boxes[rest]) > limit)
        waiting = rest[~same]
    return torch.tensor(kept, dtype=torch.long)
