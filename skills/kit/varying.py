"""Changes of training pictures that leave their answers as they are."""

from __future__ import annotations

import torch
from torch import Tensor


def mirrored(x: Tensor, chance: torch.Generator) -> Tensor:
    """Each picture of [batch, channels, height, width] mirrored or not, evenly often."""
    flips = torch.rand(len(x), generator=chance) < 0.5
    return torch.where(flips[:, None, None, None], x.flip(3), x)
