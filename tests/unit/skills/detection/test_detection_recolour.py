"""Strong changes of paint: what they leave as it is, and what they hide."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.detection.augment import Variation, vary
from skills.detection.net import Detector, Layout
from skills.detection.recolour import covered, hue_matrix, recoloured, worn


@given(st.floats(-math.pi, math.pi), st.floats(0, 2))
@settings(deadline=None)
def test_greys_stay_grey_whatever_the_turn(turn: float, saturation: float) -> None:
    matrix = hue_matrix(torch.tensor([turn]), torch.tensor([saturation]))[0]
    grey = torch.full((3,), 0.4)
    assert torch.allclose(matrix @ grey, grey, atol=1e-5)


def test_a_third_of_a_turn_swaps_the_channels() -> None:
    matrix = hue_matrix(torch.tensor([2 * math.pi / 3]), torch.ones(1))[0]
    assert torch.allclose(matrix @ torch.tensor([1.0, 0, 0]), torch.tensor([0, 1.0, 0]), atol=1e-5)
    assert torch.allclose(matrix @ matrix @ matrix, torch.eye(3), atol=1e-5)


def test_without_saturation_all_is_grey() -> None:
    colour = hue_matrix(torch.tensor([1.0]), torch.zeros(1))[0] @ torch.tensor([0.9, 0.3, 0.0])
    assert torch.allclose(colour, torch.full((3,), 0.4), atol=1e-5)


def test_changed_pictures_keep_shape_and_range() -> None:
    chance = torch.Generator().manual_seed(0)
    x = torch.rand(6, 3, 16, 16, generator=chance)
    for changed in (recoloured(x, 0.8, chance), worn(x, 0.8, chance)):
        assert changed.shape == x.shape
        assert 0 <= float(changed.min()) <= float(changed.max()) <= 1
        assert not torch.equal(changed, x)


def test_what_a_patch_hides_is_known() -> None:
    chance = torch.Generator().manual_seed(3)
    x = torch.full((40, 3, 64, 64), -1.0)
    whole = torch.tensor([[[0.0, 0.0, 1.0, 1.0]]]).repeat(40, 1, 1)
    changed, hidden = covered(x, whole, 1, chance)
    painted = (changed[:, 0] >= 0).float().mean(dim=(1, 2))
    assert hidden[:, 0].tolist() == pytest.approx(painted.tolist(), abs=0.01)
    assert 0 < int((hidden > 0).sum()) < 40


def test_a_thing_under_a_patch_is_forgotten() -> None:
    boxes = torch.tensor([[[0.5, 0.5, 0.52, 0.52]]]).repeat(300, 1, 1)
    pictures = torch.zeros(300, 3, 8, 8, dtype=torch.uint8)
    how = Variation(scale=0.0, shift=0.0, covers=3)
    chance = torch.Generator().manual_seed(1)
    _, _, kinds = vary(pictures, boxes, torch.zeros(300, 1).long(), chance, how)
    assert {-1, 0} == set(kinds.flatten().tolist())


def test_a_layout_with_finer_cells_answers_in_the_same_shape() -> None:
    x = torch.rand(1, 3, 128, 128)
    finer = Detector(3, Layout((4, 8, 16, 16), passthrough=True))
    assert finer(x).shape == Detector(3, Layout((4, 8, 16, 16)))(x).shape == (1, 16, 16, 4, 8)
