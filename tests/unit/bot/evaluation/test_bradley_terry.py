"""Strengths against published ones, closed forms, and what must hold always."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.bradley_terry import Comparisons, Strengths, fit, likelihood

# Agresti, Categorical Data Analysis (2nd ed., table 10.10): baseball, American League East, 1987.
# Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore; rows win.
_BASEBALL = np.array(
    [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ],
    float,
)
_PUBLISHED = (1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0)  # against Baltimore


def _seen(wins: object, ties: object | None = None) -> Comparisons:
    won = np.array(wins, float)
    return Comparisons(won, np.zeros_like(won) if ties is None else np.array(ties, float))


def test_baseball_as_published() -> None:
    fitted = fit(_seen(_BASEBALL))
    assert fitted.logs - fitted.logs[-1] == pytest.approx(_PUBLISHED, abs=5e-5)
    assert fitted.tie == 0


@given(*[st.integers(1, 50)] * 3)
def test_two_players_in_closed_form(first: int, second: int, tied: int) -> None:
    fitted = fit(_seen([[0, first], [second, 0]], [[0, tied], [tied, 0]]))
    assert fitted.logs[0] - fitted.logs[1] == pytest.approx(math.log(first / second), abs=1e-6)
    assert fitted.tie == pytest.approx(tied / math.sqrt(first * second), rel=1e-5)
    without = fit(_seen([[0, first], [second, 0]]))
    assert without.logs[0] - without.logs[1] == pytest.approx(math.log(first / second), abs=1e-6)


_COUNTS = st.lists(st.integers(0, 9), min_size=9, max_size=9).map(
    lambda counts: np.reshape(counts, (3, 3)) * (1 - np.eye(3))
)


@settings(max_examples=60)
@given(_COUNTS, _COUNTS, st.integers(0, 999))
def test_no_other_strengths_are_likelier(wins, half, seed: int) -> None:
    seen = Comparisons(wins, half + half.T).smoothed(0.5)
    fitted = fit(seen)
    best = likelihood(seen, fitted)
    assert fitted.logs.sum() == pytest.approx(0, abs=1e-6)
    chance = np.random.default_rng(seed)
    for _ in range(10):
        logs = fitted.logs + chance.normal(0, 0.3, 3)
        tie = fitted.tie * np.exp(chance.normal(0, 0.3))
        assert likelihood(seen, Strengths(logs, tie)) <= best + 1e-6


@settings(max_examples=30)
@given(_COUNTS, _COUNTS, st.permutations(range(3)))
def test_names_say_nothing(wins, half, order: list[int]) -> None:
    seen = Comparisons(wins, half + half.T).smoothed(0.5)
    mixed = Comparisons(seen.wins[order][:, order], seen.ties[order][:, order])
    assert fit(mixed).logs == pytest.approx(fit(seen).logs[order], abs=1e-5)


def test_samples_side_by_side_are_fitted_as_alone() -> None:
    one, two = _seen(_BASEBALL), _seen(_BASEBALL.T, np.ones((7, 7)) - np.eye(7))
    both = Comparisons(np.stack([one.wins, two.wins]), np.stack([one.ties, two.ties]))
    fitted = fit(both)
    for place, alone in enumerate((one, two)):
        assert fitted.logs[place] == pytest.approx(fit(alone).logs, abs=1e-6)
        assert fitted.tie[place] == pytest.approx(fit(alone).tie, abs=1e-6)


def test_who_never_lost_is_strong_but_not_infinitely() -> None:
    fitted = fit(_seen([[0, 20], [0, 0]]).smoothed(0.5))
    assert 3 < fitted.logs[0] - fitted.logs[1] < 6
    assert fit(Comparisons.none(3).smoothed(0.5)).logs == pytest.approx([0, 0, 0])
