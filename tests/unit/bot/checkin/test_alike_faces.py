"""When a photo counts as like a template of three."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkin.faces import alike, distance

_ANGLES = st.floats(0, math.pi)


def _turned(angle: float) -> list[float]:
    """A direction of length 1, `angle` from the first axis."""
    return [math.cos(angle), math.sin(angle)]


@given(_ANGLES, _ANGLES)
def test_the_distance_is_the_squared_chord(one: float, other: float) -> None:
    found = distance(_turned(one), _turned(other))
    assert found == pytest.approx(2 - 2 * math.cos(one - other), abs=1e-9)
    assert found == pytest.approx(distance(_turned(other), _turned(one)))


@pytest.mark.parametrize(
    ("angles", "like"),
    [((0.1, 0.2, 0.3), True), ((0.1, 0.2, 3.0), True), ((0.1, 3, 3), False), ((3, 3, 3), False)],
)
def test_two_of_three_must_agree(angles: tuple[float, ...], like: bool) -> None:
    assert alike(_turned(0.0), [_turned(each) for each in angles], limit=0.5) is like


def test_encodings_of_another_length_are_not_compared() -> None:
    with pytest.raises(ValueError):
        distance([1.0, 0.0], [1.0])
