"""Words and their offsets, on any text a student or an attacker may send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.words import MAX_CHARACTERS, MAX_WORDS, split


def words(text: str) -> list[str]:
    return [word.text for word in split(text).words]


@given(st.text(max_size=3000))
def test_offsets_are_exact_on_any_text(text: str) -> None:
    listed = split(text)
    last = 0
    for word in listed.words:
        assert text[word.start : word.end] == word.text
        assert word.text
        assert word.start >= last
        last = word.end
    assert len(listed.words) <= MAX_WORDS


@given(st.text(max_size=300))
def test_every_visible_character_belongs_to_a_word(text: str) -> None:
    listed = split(text)
    if listed.truncated or len(listed.words) == MAX_WORDS:
        return
    covered = {place for word in listed.words for place in range(word.start, word.end)}
    assert all(sign.isspace() for place, sign in enumerate(text) if place not in covered)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("enroll me, please.", ["enroll", "me", ",", "please", "."]),
        ("a 400-level class", ["a", "400-level", "class"]),
        ("credit/no credit?", ["credit/no", "credit", "?"]),
        ("MS&E 211", ["MS&E", "211"]),
        ("winter '19", ["winter", "'19"]),
        ("winter ’19", ["winter", "’19"]),
        ('"CS106A"', ['"', "CS106A", '"']),
        ("(CS106A)!!", ["(", "CS106A", ")!!"]),
        ("I'd", ["I'd"]),
        ("at 10:30.", ["at", "10:30", "."]),
        ("takeCS106Apls", ["take", "CS106A", "pls"]),
        ("😀", ["😀"]),
        ("CS106A😀", ["CS106A", "😀"]),
        ("שלום CS106A", ["שלום", "CS106A"]),
        ("\u202eCS106A", ["\u202e", "CS106A"]),
        ("a\x00b \x07", ["a\x00b", "\x07"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_the_words_of(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_long_text_is_cut_and_says_so() -> None:
    listed = split("x" * 10_000)
    assert listed.truncated
    assert listed.words[0].end == MAX_CHARACTERS


def test_many_words_are_cut_and_say_so() -> None:
    listed = split("word " * (MAX_WORDS + 1))
    assert len(listed.words) == MAX_WORDS
    assert listed.truncated


def test_a_text_that_just_fits_is_not_cut() -> None:
    assert not split("word " * MAX_WORDS).truncated
