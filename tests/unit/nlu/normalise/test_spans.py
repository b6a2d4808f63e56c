"""What a parse carries beside the raw text is plain JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise.spans import normalised
from nlu.schema import SLOTS


@pytest.mark.parametrize(
    ("slot", "text", "expected"),
    [
        ("quarter", "fall", {"season": "Autumn"}),
        ("quarter", "next winter", {"season": "Winter", "shift": 1}),
        ("year", "2018-19", {"academic_start": 2018}),
        ("units", "5u", {"low": 5, "high": 5}),
        ("day", "TTh", ["Thursday", "Tuesday"]),
        ("time", "before noon", {"latest": 720}),
        ("level", "400-level", {"low": 400, "high": 499}),
        ("requirement", "social inquiry", "WAY-SI"),
        ("grading", "pass/fail", "credit"),
        ("attribute", "who teaches", "instructor"),
        ("suid", "0555 1234", "05551234"),
        ("title", "Deep Learning", None),
        ("time", "whenever", None),
    ],
)
def test_values(slot: str, text: str, expected: object) -> None:
    assert normalised(slot, text) == expected


def test_a_code_s_value_lists_every_code() -> None:
    assert list(normalised("code", "cs 106 a and 109")) == ["CS106A", "CS109"]


@given(st.sampled_from(SLOTS), st.text(max_size=60))
def test_every_value_is_json(slot: str, text: str) -> None:
    json.dumps(normalised(slot, text))
