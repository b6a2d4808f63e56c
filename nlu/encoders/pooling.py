"""From one vector a piece to one an utterance."""

from __future__ import annotations

import torch
from torch import Tensor


def mean_pool(states: Tensor, mask: Tensor) -> Tensor:
    """The mean over real pieces: states [batch, length, width], mask [batch, length]."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return torch.sum(states * weights, dim=1) / torch.clamp(weights.sum(dim=1), min=1.0)
