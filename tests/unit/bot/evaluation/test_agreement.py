"""Agreement against published figures, another implementation and what must hold always."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from bot.evaluation.agreement import Metric, alpha, quadratic_kappa

# Krippendorff (2011), section C: four observers, twelve units, some values missing.
_OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
_UNITS = [[v for v in unit if v is not None] for unit in zip(*_OBSERVERS, strict=True)]
_SCORE = st.integers(1, 5)


@pytest.mark.parametrize(
    ("metric", "published"),
    [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849)],
)
def test_krippendorffs_own_example(metric: Metric, published: float) -> None:
    assert round(alpha(_UNITS, metric), 3) == published


def test_two_observers_and_two_values() -> None:
    # Krippendorff (2011), section A: ten units, binary; alpha = 0.095.
    one, two = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    units = list(zip(one, two, strict=True))
    for metric in Metric:
        assert round(alpha(units, metric), 3) == 0.095


def test_nothing_to_agree_about_is_no_number() -> None:
    for units in ([], [[1], [2]], [[3, 3], [3, 3, 3]]):
        assert math.isnan(alpha(units))
    assert math.isnan(quadratic_kappa([], []))
    assert math.isnan(quadratic_kappa([2, 2], [2, 2]))
    with pytest.raises(ValueError, match="different numbers"):
        quadratic_kappa([1], [1, 2])


@given(st.lists(st.tuples(_SCORE, st.integers(2, 4)), min_size=2, max_size=20))
def test_full_agreement_is_one(units: list[tuple[int, int]]) -> None:
    same = [[value] * raters for value, raters in units]
    for metric in Metric:
        found = alpha(same, metric)
        assert math.isnan(found) or found == pytest.approx(1)


@given(st.lists(st.lists(_SCORE, max_size=4), max_size=15), st.randoms())
def test_the_order_of_raters_and_units_says_nothing(units: list[list[int]], chance) -> None:
    mixed = [chance.sample(unit, len(unit)) for unit in units]
    chance.shuffle(mixed)
    for metric in Metric:
        one, two = alpha(units, metric), alpha(mixed, metric)
        assert one == pytest.approx(two) or (math.isnan(one) and math.isnan(two))


@given(st.lists(st.tuples(_SCORE, _SCORE), min_size=2, max_size=40))
def test_kappa_is_that_of_another_implementation(pairs: list[tuple[int, int]]) -> None:
    one, two = zip(*pairs, strict=True)
    ours = quadratic_kappa(one, two)
    if len({*one, *two}) == 1:
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(
            cohen_kappa_score(one, two, weights="quadratic", labels=range(1, 6))
        )


def test_kappa_in_closed_form() -> None:
    assert quadratic_kappa([1, 5, 1, 5], [5, 1, 5, 1]) == pytest.approx(-1)
    assert quadratic_kappa([1, 1, 5, 5], [1, 5, 1, 5]) == pytest.approx(0)
