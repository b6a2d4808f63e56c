"""Slips of the finger and the words that mend them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue.spelling import Speller

_WORDS = {"philosophy": 9, "science": 20, "machine": 8, "learning": 30, "robots": 2, "robotics": 5}
_SPELLER = Speller.of(_WORDS)


def _known(word: str) -> bool:
    return word in {"surfing", "lending"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phylosophy of sience", "philosophy of science"),
        ("machne lerning", "machine learning"),
        ("Robtics, please!", "robotics, please!"),
        ("courzes about learning", "courses about learning"),
        ("philosophies", "philosophies"),  # another form of a known word
        ("surfing", "surfing"),  # no word of the catalogue, but a word
        ("lending", "lending"),
        ("robt", "robt"),  # too short to guess
        ("zyzzyva 🙂 数学 c++", "zyzzyva 🙂 数学 c++"),
        ("", ""),
    ],
)
def test_misspelt_words_are_mended_and_others_left(typed: str, meant: str) -> None:
    assert _SPELLER.mended(typed, _known) == meant


@given(st.text(max_size=60))
def test_any_text_stays_a_text_and_is_mended_once(text: str) -> None:
    mended = _SPELLER.mended(text, _known)
    assert _SPELLER.mended(mended, _known) == mended
