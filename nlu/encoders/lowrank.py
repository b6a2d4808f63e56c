"""Low-rank updates of linear layers (Hu et al. 2021, "LoRA"): small enough to be committed."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class LowRankLinear(nn.Module):
    """A frozen linear layer plus a trained update B·A of small rank."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.down = nn.Parameter(torch.empty(rank, base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))  # so it begins as the base
        self.scale = 2.0
        nn.init.kaiming_uniform_(self.down, a=5**0.5)

    def forward(self, x: Tensor) -> Tensor:
        """x: [batch, pieces, in] → [batch, pieces, out]."""
        update = x @ self.down.T @ self.up.T
        result: Tensor = self.base(x) + self.scale * update
        return result

    def merged(self) -> nn.Linear:
        """The same map as one plain layer."""
        layer = nn.Linear(self.base.in_features, self.base.out_features)
        update = self.scale * (self.up.float() @ self.down.float())
        layer.weight.data = self.base.weight.data.float() + update.detach()
        layer.bias.data = self.base.bias.data.float()
        return layer


def add_low_rank(module: nn.Module, rank: int) -> None:
    """Replace every linear layer below `module` in place."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, LowRankLinear(child, rank))
        else:
            add_low_rank(child, rank)


def merge_low_rank(module: nn.Module) -> None:
    """Undo `add_low_rank`, keeping what was learnt."""
    for name, child in list(module.named_children()):
        if isinstance(child, LowRankLinear):
            setattr(module, name, child.merged())
        else:
            merge_low_rank(child)
