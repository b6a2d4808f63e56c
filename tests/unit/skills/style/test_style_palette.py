"""The distance between the colours of two pictures."""

from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.style.palette import directions, palette_loss, sorted_colours


def test_directions_are_units_of_half_a_sphere() -> None:
    found = directions()
    assert torch.allclose(found.norm(dim=1), torch.ones(len(found)))
    assert bool((found[:, 2] > 0).all())
    assert float((found @ found.T - torch.eye(len(found))).max()) < 0.99


@given(st.integers(0, 1000))
@settings(deadline=None, max_examples=20)
def test_where_a_colour_lies_does_not_matter(seed: int) -> None:
    chance = torch.Generator().manual_seed(seed)
    x = torch.rand(1, 3, 8, 8, generator=chance)
    places = torch.randperm(16, generator=chance)
    moved = x.clone()
    moved[:, :, ::2, ::2] = x[:, :, ::2, ::2].flatten(2)[:, :, places].view(1, 3, 4, 4)
    assert float(palette_loss(moved, sorted_colours(x))) < 1e-6


def test_other_colours_are_farther_the_more_they_differ() -> None:
    x = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    goal = sorted_colours(x)
    near, far = (float(palette_loss(x + gap, goal)) for gap in (0.1, 0.4))
    assert 0 < near < far
    assert (
        float(palette_loss(x[:, [1, 2, 0]] * torch.tensor([1, 0.2, 0.2])[:, None, None], goal))
        > near
    )


def test_as_many_places_as_are_wanted() -> None:
    x = torch.rand(2, 3, 20, 20)
    assert sorted_colours(x, 7).shape == (2, len(directions()), 7)
