"""Options are whole numbers within bounds, or the option's name is told."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.errors import InvalidOption
from skills.kit.options import whole
from skills.kit.varying import mirrored


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(0, 50))
def test_a_number_within_its_bounds_is_taken(number: int, least: int, room: int) -> None:
    if least <= number <= least + room:
        assert whole({"n": str(number)}, "n", 0, least, least + room) == number
        return
    with pytest.raises(InvalidOption) as caught:
        whole({"n": number}, "n", 0, least, least + room)
    assert caught.value.option == "n"


@pytest.mark.parametrize("said", [None, "x", [], {}, float("inf"), float("nan"), "1.5", "9" * 5000])
def test_what_is_no_number_is_refused(said: Any) -> None:
    with pytest.raises(InvalidOption):
        whole({"n": said}, "n", 0)


def test_what_is_not_given_is_as_usual() -> None:
    assert whole({}, "n", 7) == 7


def test_about_half_of_the_pictures_are_mirrored_whole() -> None:
    x = torch.rand(200, 3, 4, 5)
    out = mirrored(x, torch.Generator().manual_seed(0))
    same = (out == x).flatten(1).all(dim=1)
    turned = (out == x.flip(3)).flatten(1).all(dim=1)
    assert bool((same | turned).all())
    assert 70 < int(turned.sum()) < 130
