"""Lab and the classes of chroma: round trips, known colours, sums."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from skills.colourisation import bins, lab
from skills.colourisation.scoring import colourfulness

_UNIT = st.floats(0, 1, width=32)


def _pixel(*values: float) -> torch.Tensor:
    return torch.tensor(values).view(1, 3, 1, 1)


@given(_UNIT, _UNIT, _UNIT)
def test_lab_and_back_is_the_same_colour(red: float, green: float, blue: float) -> None:
    rgb = _pixel(red, green, blue)
    assert torch.allclose(lab.to_rgb(lab.from_rgb(rgb)), rgb, atol=2e-3)


@given(_UNIT)
def test_greys_have_no_chroma(value: float) -> None:
    found = lab.from_rgb(_pixel(value, value, value)).flatten()
    assert found[1:].abs().max() < 1e-2
    assert -1e-3 <= found[0] <= 100.001


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [
        ((1, 1, 1), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((1, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 1, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 1), (32.30, 79.19, -107.86)),
    ],
)
def test_known_colours(rgb: tuple, expected: tuple) -> None:
    found = lab.from_rgb(_pixel(*map(float, rgb))).flatten().tolist()
    assert found == pytest.approx(expected, abs=0.05)


def test_every_screen_colour_is_near_a_class() -> None:
    chroma = lab.from_rgb(torch.rand(1, 3, 50, 50))[0, 1:].flatten(1).T
    nearest = torch.cdist(chroma, bins.centres()).min(dim=1).values
    assert nearest.max() <= 12
    assert 200 < len(bins.centres()) < 330


def test_soft_targets_sum_to_one_and_lean_to_the_nearest() -> None:
    places, weights = bins.soft(torch.tensor([[1.0, 2.0], [-30.0, 41.0]]))
    assert torch.allclose(weights.sum(dim=1), torch.ones(2))
    assert bins.centres()[places[0, 0]].tolist() == [0, 0]
    assert (weights[:, 0] > weights[:, 4]).all()


@given(st.floats(0, 1))
def test_rebalancing_keeps_the_mean_weight_and_prefers_rare_classes(smoothing: float) -> None:
    shares = torch.tensor([0.7, 0.2, 0.1])
    weights = bins.rebalancing(shares, smoothing)
    assert float((shares * weights).sum()) == pytest.approx(1, abs=1e-5)
    assert weights[0] <= weights[1] + 1e-5
    assert weights[1] <= weights[2] + 1e-5


def test_the_annealed_mean_goes_from_the_mean_to_the_mode() -> None:
    logits = torch.full((1, len(bins.centres()), 1, 1), -30.0)
    one, other = bins.soft(torch.tensor([[0.0, 0.0], [40.0, 0.0]]))[0][:, 0].tolist()
    logits[0, one], logits[0, other] = 0.0, 0.5
    mean, mode = (bins.annealed_mean(logits, t)[0, 0].item() for t in (1.0, 0.01))
    assert mean == pytest.approx(40 * 0.6225, abs=0.1)
    assert mode == pytest.approx(40, abs=0.1)
    assert mean < bins.annealed_mean(logits)[0, 0].item() < mode


def test_grey_has_no_colourfulness_and_stripes_have_much() -> None:
    grey = torch.rand(1, 1, 8, 8).expand(1, 3, 8, 8)
    stripes = torch.zeros(1, 3, 8, 8)
    stripes[:, 0, ::2], stripes[:, 2, 1::2] = 1.0, 1.0
    assert float(colourfulness(grey)) < 1e-3
    assert float(colourfulness(stripes)) > 100
