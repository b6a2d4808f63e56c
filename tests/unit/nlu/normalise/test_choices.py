"""Closed sets and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise import choices
from nlu.normalise.choices import LevelValue, UnitsValue
from nlu.normalise.numbers import first_number, words_to_groups


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5", 5, 5), ("5u", 5, 5), ("9-credit", 9, 9), ("4-unit", 4, 4), ("three", 3, 3),
        ("3-4", 3, 4), ("3 to 5", 3, 5), ("three or four", 3, 4), ("at least 3", 3, 30),
        ("up to 4", 0, 4), ("more than 3", 4, 30), ("fewer than 4", 0, 3), ("5+", 5, 30),
    ],
)  # fmt: skip
def test_units(text: str, low: int, high: int) -> None:
    assert choices.units(text) == UnitsValue(low, high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("undergrad", LevelValue("undergraduate")),
        ("under grad", LevelValue("undergraduate")),
        ("graduate", LevelValue("graduate")),
        ("PhD", LevelValue("graduate")),
        ("400-level", LevelValue(None, 400, 499)),
        ("upper", LevelValue("undergraduate", 100, 199)),
        ("intro", LevelValue("undergraduate", 1, 99)),
        ("sideways", None),
    ],
)
def test_levels(text: str, expected: LevelValue | None) -> None:
    assert choices.level(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("way-si", "WAY-SI"), ("WAYSI", "WAY-SI"), ("social inquiry", "WAY-SI"),
        ("WAY-AQR", "WAY-AQR"), ("creative expression", "WAY-CE"), ("way fr", "WAY-FR"),
        ("ethical reasoning", "WAY-ER"), ("WAY-A-II", "WAY-A-II"), ("WAY-EDP", "WAY-ED"),
        ("writing requirement", "Writing1"), ("PWR 2", "Writing2"), ("nothing of ours", None),
    ],
)  # fmt: skip
def test_requirements(text: str, expected: str | None) -> None:
    assert choices.requirement(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pass/fail", "credit"), ("CR/NC", "credit"), ("credit no credit", "credit"),
        ("letter grade", "letter"), ("for a grade", "letter"), ("S/NC", "satisfactory"),
        ("purple", None),
    ],
)  # fmt: skip
def test_gradings(text: str, expected: str | None) -> None:
    assert choices.grading(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prerequisites", "prerequisites"), ("prereqs", "prerequisites"),
        ("who teaches", "instructor"), ("who will teach", "instructor"), ("when", "time"),
        ("what time", "time"), ("where", "place"), ("units", "units"), ("credits", "units"),
        ("seats", "seats"), ("full", "seats"), ("spots", "seats"), ("waitlist", "waitlist"),
        ("about", "description"), ("graded", "grading"), ("grading", "grading"),
        ("workload", "workload"), ("colour", None),
    ],
)  # fmt: skip
def test_attributes(text: str, expected: str | None) -> None:
    assert choices.attribute(text) == expected


@given(st.text(max_size=100))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    value = choices.units(text)
    assert value is None or 0 <= value.low <= 30
    for read in (choices.level, choices.requirement, choices.grading, choices.attribute):
        read(text)
    assert all(number >= 0 for number in words_to_groups(text))


def test_number_words() -> None:
    assert words_to_groups("twenty nineteen") == [20, 19]
    assert words_to_groups("two thousand nineteen") == [2019]
    assert first_number("the five of us") == 5
    assert first_number("none") is None
