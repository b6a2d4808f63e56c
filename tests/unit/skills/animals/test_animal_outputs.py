"""Output layers, labels, losses, thresholds: the lecture's formulas and their limits."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.animals import outputs
from skills.animals.thresholds import chosen, exactly_right

_LOGITS = st.lists(st.floats(-80, 80), min_size=2, max_size=9)


@given(_LOGITS)
def test_a_softmax_never_has_two_units_above_a_half(logits: list[float]) -> None:
    shares = outputs.softmax(torch.tensor(logits))
    assert float(shares.sum()) == pytest.approx(1, abs=1e-5)
    assert int(outputs.emitted(shares).sum()) <= 1


@given(st.integers(2, 9), st.data())
def test_sigmoids_can_say_yes_to_any_animals(units: int, data: st.DataObject) -> None:
    shown = data.draw(st.lists(st.booleans(), min_size=units, max_size=units))
    logits = torch.where(torch.tensor(shown), 3.0, -3.0)
    assert outputs.emitted(outputs.logistic(logits)).tolist() == shown


@given(st.floats(-20, 20), st.booleans())
def test_the_logistic_loss_is_the_lectures(z: float, y: bool) -> None:
    logit = torch.tensor([[z]], dtype=torch.float64)
    guess = 1 / (1 + math.exp(-z))
    expected = -math.log(guess) if y else -math.log(1 - guess)
    loss = outputs.logistic_loss(logit, torch.full_like(logit, float(y)))
    assert float(loss) == pytest.approx(expected, rel=1e-4, abs=1e-6)


def test_the_losses_of_the_sigmoid_units_add_up() -> None:
    z, y = torch.tensor([[1.0, -2.0, 0.5]]), torch.tensor([[1.0, 0.0, 1.0]])
    each = [outputs.logistic_loss(z[:, [unit]], y[:, [unit]]) for unit in range(3)]
    assert torch.allclose(outputs.logistic_loss(z, y), torch.stack(each).sum(dim=0))


def test_multi_hot_labels_are_the_lectures() -> None:
    dog_and_cat = outputs.multi_hot(torch.tensor([[0, 1]]), 3)
    assert dog_and_cat.tolist() == [[1, 1, 0]]
    assert outputs.multi_hot(torch.tensor([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]


@given(st.lists(st.floats(-9, 9), min_size=4, max_size=4), st.integers(0, 3), st.integers(0, 3))
def test_cross_entropy_is_the_mean_over_the_lot(logits: list[float], one: int, two: int) -> None:
    z = torch.tensor([logits])
    shown = outputs.multi_hot(torch.tensor([[one, two]]), 4)
    logs = torch.log_softmax(z, dim=1)[0]
    expected = -(logs[one] + logs[two]) / 2
    assert float(outputs.cross_entropy(z, shown)) == pytest.approx(float(expected), abs=1e-4)


def test_of_two_animals_a_softmax_loses_at_least_the_logarithm_of_two() -> None:
    shown = torch.tensor([[1.0, 1.0, 0.0]])
    best = torch.tensor([[30.0, 30.0, -30.0]])
    assert float(outputs.cross_entropy(best, shown)) == pytest.approx(math.log(2), abs=1e-4)
    assert float(outputs.logistic_loss(best, shown)) == pytest.approx(0, abs=1e-4)


@given(st.lists(st.lists(st.floats(-50, 50), min_size=3, max_size=3), min_size=1, max_size=6))
def test_the_best_window_decides(windows: list[list[float]]) -> None:
    z = torch.tensor([windows], dtype=torch.float64)
    found, best = outputs.anywhere(z)[0], z[0].amax(dim=0)
    assert bool((found >= best - 1e-9).all())
    assert bool((found <= best + math.log(len(windows)) + 1e-9).all())


def test_the_highest_units_alone() -> None:
    scores = torch.tensor([[0.1, 0.9, 0.4]])
    assert outputs.top(scores, 2).tolist() == [[False, True, True]]


def test_thresholds_find_where_each_unit_parts() -> None:
    shown = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    low_and_high = torch.tensor([0.2, 0.8])
    probabilities = low_and_high + torch.where(shown.bool(), 0.08, -0.08)
    above = chosen([(probabilities, shown)])
    assert exactly_right(probabilities, shown, above).all()
    assert not exactly_right(probabilities, shown, 0.5).all()


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_chosen_thresholds_are_no_worse_than_a_half_where_chosen(seed: int) -> None:
    chance = torch.Generator().manual_seed(seed)
    probabilities = torch.rand((40, 3), generator=chance)
    shown = (torch.rand((40, 3), generator=chance) < probabilities).float()
    above = chosen([(probabilities, shown)])
    ours, halves = (
        exactly_right(probabilities, shown, each).float().mean() for each in (above, 0.5)
    )
    assert ours >= halves
