"""Low-rank updates begin as nothing and merge to the same map."""

from __future__ import annotations

import torch
from torch import nn

from nlu.encoders.lowrank import LowRankLinear, add_low_rank, merge_low_rank


def test_it_begins_as_the_pretrained_layer() -> None:
    base = nn.Linear(6, 4)
    x = torch.randn(3, 6)
    assert torch.equal(LowRankLinear(base, 2)(x), base(x))


def test_merging_changes_nothing() -> None:
    module = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Sequential(nn.Linear(8, 3)))
    add_low_rank(module, rank=2)
    for parameter in module.parameters():
        nn.init.normal_(parameter)
    x = torch.randn(5, 6)
    before = module(x)
    merge_low_rank(module)
    assert not any(isinstance(child, LowRankLinear) for child in module.modules())
    assert torch.allclose(module(x), before, atol=1e-4)


def test_only_the_update_is_trained() -> None:
    layer = LowRankLinear(nn.Linear(6, 4), 2)
    trained = {name for name, value in layer.named_parameters() if value.requires_grad}
    assert trained == {"down", "up"}
