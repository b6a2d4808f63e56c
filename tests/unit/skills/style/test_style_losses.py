"""The lecture's losses: Gram matrices, their blindness to places, the smoothness."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.style.colours import matched
from skills.style.losses import content_loss, gram, relative, style_loss, total_variation


def test_a_gram_matrix_by_hand() -> None:
    maps = torch.tensor([[[[1.0, 2.0]], [[3.0, 4.0]]]])  # two features at two places
    assert gram(maps).tolist() == [[[2.5, 5.5], [5.5, 12.5]]]


@given(seed=st.integers(0, 10_000), channels=st.integers(1, 6), side=st.integers(2, 9))
@settings(deadline=None, max_examples=40)
def test_the_style_does_not_see_where_and_the_content_does(
    seed: int, channels: int, side: int
) -> None:
    chance = torch.Generator().manual_seed(seed)
    maps = torch.rand((1, channels, side, side), generator=chance)
    order = torch.randperm(side * side, generator=chance)
    shuffled = maps.flatten(2)[:, :, order].view_as(maps)
    weights = {"layer": 1.0}
    style = style_loss({"layer": shuffled}, {"layer": gram(maps)}, weights)
    assert float(style) < 1e-9
    if not torch.equal(order, torch.arange(side * side)):
        assert float(content_loss({"layer": shuffled}, {"layer": maps}, weights)) > 1e-6


def test_losses_are_weighted_and_vanish_at_the_target() -> None:
    one, other = torch.ones(1, 2, 3, 3), torch.full((1, 2, 3, 3), 2.0)
    assert float(relative(one, one)) == 0
    assert float(relative(other, one)) == pytest.approx(1)
    assert float(content_loss({"a": other}, {"a": one}, {"a": 3.0})) == pytest.approx(3)
    assert float(style_loss({"a": other}, {"a": gram(one)}, {"a": 0.5})) == pytest.approx(4.5)


def test_the_total_variation() -> None:
    assert float(total_variation(torch.ones(1, 3, 4, 4))) == 0
    slope = torch.arange(4.0).view(1, 1, 1, 4).expand(1, 3, 4, 4)
    assert float(total_variation(slope)) == pytest.approx(1)


@given(st.integers(0, 1000))
@settings(deadline=None, max_examples=20)
def test_matched_colours_have_the_models_mean_and_covariance(seed: int) -> None:
    chance = torch.Generator().manual_seed(seed)
    x = torch.rand((1, 3, 20, 20), generator=chance)
    model = 0.5 + 0.06 * torch.randn((1, 3, 15, 15), generator=chance)
    found, wanted = matched(x, model)[0].flatten(1), model[0].flatten(1)
    assert torch.allclose(found.mean(dim=1), wanted.mean(dim=1), atol=2e-3)
    assert torch.allclose(found.cov(), wanted.cov(), atol=4e-4)
