"""Accuracies, areas and intervals against what can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.kit.measures import (
    area_under_roc,
    balanced_accuracy,
    bootstrap,
    paired_difference,
    wilson,
)

_SCORED = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=2, max_size=40)


@given(_SCORED)
def test_the_area_is_the_share_of_pairs_in_order(scored: list[tuple[int, bool]]) -> None:
    ones = [score for score, label in scored if label]
    zeros = [score for score, label in scored if not label]
    area = area_under_roc(
        np.array([float(score) for score, _ in scored]),
        np.array([float(label) for _, label in scored]),
    )
    if not ones or not zeros:
        assert math.isnan(area)
        return
    won = sum((one > zero) + 0.5 * (one == zero) for one in ones for zero in zeros)
    assert area == pytest.approx(won / (len(ones) * len(zeros)))


@given(st.integers(1, 500), st.data())
def test_the_interval_of_a_share_holds_it(total: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, total))
    low, high = wilson(right, total)
    assert -1e-9 <= low <= right / total <= high <= 1 + 1e-9


def test_the_interval_known_from_the_tables() -> None:
    assert wilson(95, 100) == pytest.approx((0.8882, 0.9785), abs=1e-3)
    assert wilson(0, 0) == (0.0, 1.0)


def test_balanced_accuracy_counts_each_class_the_same() -> None:
    guesses, labels = np.array([0, 0, 0, 0.0]), np.array([0, 0, 0, 1.0])
    assert balanced_accuracy(guesses, labels) == 0.5


def test_the_bootstrap_of_a_mean_comes_near_the_normal_interval() -> None:
    values = np.random.default_rng(1).normal(3, 1, 400)
    low, high = bootstrap(lambda rows: float(values[rows].mean()), 400)
    assert (low, high) == pytest.approx((values.mean() - 0.098, values.mean() + 0.098), abs=0.03)
    assert bootstrap(lambda rows: float(values[rows].mean()), 400) == (low, high)


def test_a_paired_difference_draws_whole_groups() -> None:
    ours, theirs, groups = [1, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]
    mean, (low, high) = paired_difference(ours, theirs, groups)
    assert mean == 0.5
    assert (low, high) == (-1.0, 1.0)  # with two groups nothing is sure
