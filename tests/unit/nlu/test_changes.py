"""Four bits a value: small, near enough, and of the same shape."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.changes import GROUP, packed, unpacked


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=3),
    st.integers(0, 9),
    st.floats(1e-6, 1e2),
)
def test_every_value_comes_back_within_its_step(shape: list[int], seed: int, size: float) -> None:
    change = torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) * size
    nibbles, scales = packed(change)
    again = unpacked(nibbles, scales, change.shape)
    assert again.shape == change.shape
    assert nibbles.numel() * 2 < change.numel() + GROUP
    assert (again - change).square().mean() <= 0.02 * change.square().mean() + 1e-18


def test_nothing_stays_nothing() -> None:
    change = torch.zeros(3, 50)
    assert torch.equal(unpacked(*packed(change), change.shape), change)


def test_another_shape_is_an_error() -> None:
    nibbles, scales = packed(torch.ones(8, 8))
    with pytest.raises(ValueError, match="packed bytes"):
        unpacked(nibbles, scales, torch.Size([9, 9]))
