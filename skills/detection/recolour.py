"""Strong changes of a picture's paint, so that shapes are learnt: hues, patches, blur, grain."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

_CONTRAST, _LIFT = 0.35, 0.1
_PATCH = (0.04, 0.2)  # sides of a patch, shares of the picture


def hue_matrix(turn: Tensor, saturation: Tensor) -> Tensor:
    """Turns colours around the grey axis (radians) and stretches them from it; greys stay.

    [n], [n] → [n, 3, 3], to be applied to columns of red, green, blue.
    """
    axis = torch.full((3,), 1 / math.sqrt(3))
    grey = torch.outer(axis, axis)  # onto the axis
    x, y, z = axis.tolist()
    cross = torch.tensor([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    around = turn.cos()[:, None, None] * (torch.eye(3) - grey) + turn.sin()[:, None, None] * cross
    return grey + saturation[:, None, None] * around


def recoloured(x: Tensor, share: float, chance: torch.Generator) -> Tensor:
    """A share of the pictures [n, 3, s, s] with other hues; all with another contrast."""
    count = len(x)
    drawn = torch.rand(7, count, generator=chance)
    # Half of the turns are small: most things keep something of their colour.
    most = torch.where(drawn[0] < 0.5, 0.5, math.pi)
    turn = torch.where(drawn[1] < share, most * (2 * drawn[2] - 1), torch.zeros(count))
    saturation = torch.where(drawn[3] < share, 0.1 + 1.5 * drawn[4], torch.ones(count))
    matrix = hue_matrix(turn, saturation)
    middle = x.mean(dim=(1, 2, 3), keepdim=True)
    gain = (1 + _CONTRAST * (2 * drawn[5] - 1))[:, None, None, None]
    lift = (_LIFT * (2 * drawn[6] - 1))[:, None, None, None]
    turned = torch.einsum("nij,njhw->nihw", matrix, x)
    changed: Tensor = ((turned - middle) * gain + middle + lift).clamp(0, 1)
    return changed


def covered(x: Tensor, boxes: Tensor, most: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Up to `most` patches of any colour on each picture, and the largest share that one of them
    hides of each box: [n, 3, s, s], [n, boxes].
    """
    count, side = len(x), x.shape[3]
    hidden = torch.zeros(boxes.shape[:2])
    place = (torch.arange(side) + 0.5) / side
    for _ in range(most):
        size = _PATCH[0] + (_PATCH[1] - _PATCH[0]) * torch.rand(count, 2, generator=chance)
        low = torch.rand(count, 2, generator=chance) * (1 - size)
        used = torch.rand(count, generator=chance) < 0.5
        high = torch.where(used[:, None], low + size, low)
        inside = [(place >= low[:, k, None]) & (place < high[:, k, None]) for k in (0, 1)]
        mask = inside[1][:, None, :, None] & inside[0][:, None, None, :]  # [n, 1, s, s]
        x = torch.where(mask, torch.rand(count, 3, 1, 1, generator=chance), x)
        right = torch.minimum(boxes[..., 2:], high[:, None])
        common = (right - torch.maximum(boxes[..., :2], low[:, None])).clamp(min=0).prod(dim=-1)
        area = (boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(dim=-1)
        hidden = torch.maximum(hidden, common / area.clamp(min=1e-9))
    return x, hidden


def worn(x: Tensor, share: float, chance: torch.Generator) -> Tensor:
    """A share of the pictures blurred, a share grained."""
    count = len(x)
    drawn = torch.rand(3, count, 1, 1, 1, generator=chance)
    soft = nn.functional.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False)
    x = torch.where(drawn[0] < share, soft, x)
    strength = torch.where(drawn[1] < share, 0.07 * drawn[2], torch.zeros(()))
    return (x + strength * torch.randn(x.shape, generator=chance)).clamp(0, 1)
