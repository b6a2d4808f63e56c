"""What may name a person never reaches the question log; what asks stays readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.insights.masking import LONGEST, mask


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I am 05551234, what am I in?", "I am [number], what am I in?"),
        ("my id is 5551234", "my id is [number]"),
        ("0555-1234 or 0555 1234", "[number] or [number]"),
        ("call (650) 723-2300", "call [number]"),
        ("+1 650.723.2300 please", "[number] please"),
        ("write to ada.l@stanford.edu!", "write to [e-mail]"),
        ("ada at stanford dot edu asks", "[e-mail] asks"),
        ("٠٥٥٥١٢٣٤ asks", "[number] asks"),
        ("０５５５１２３４", "[number]"),
        ("0555\u200b1234", "[number]"),
    ],
)
def test_people_are_masked(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "CS106A in winter 2019",
        "classes of 2018-2019",
        "2018-19 history, 3-5 units",
        "class 12345 after 14:30",
        "at least 10 units",
    ],
)
def test_questions_stay_as_they_are(said: str) -> None:
    assert mask(said) == said


@given(st.text(max_size=2000))
def test_any_text_becomes_one_short_line(text: str) -> None:
    masked = mask(text)
    assert len(masked) <= LONGEST
    assert masked == masked.strip()
    assert "\n" not in masked


@given(st.integers(10**6, 10**8 - 1), st.text(alphabet="abc ,?", max_size=30))
def test_no_student_number_survives(suid: int, around: str) -> None:
    masked = mask(f"{around} {suid:08d} {around}")
    assert not re.search(r"\d{7}", masked)
