"""Codes, years and times: from how they are written to how they are said, and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.voice.language.building import LEXICON
from bot.voice.spoken import Writer, read_out, spoken_forms, words_of
from bot.voice.spoken.numbers import number_of, readings, year_readings

CODES = json.loads(LEXICON.read_text())["code"]
WRITER = Writer(frozenset(CODES))
HEARD = {"c.": "see", "s.": "ess", "a.": "ay", "e.": "ee", "m.": "em", "b.": "bee", "n.": "en"}


@pytest.mark.parametrize("code", CODES)
def test_every_way_to_say_a_code_is_written_as_the_code(code: str) -> None:
    forms = spoken_forms(code)
    assert forms
    for form in forms:
        heard = " ".join(HEARD.get(word, word) for word in form.split())
        for said in (form, heard):
            assert (
                WRITER.write(f"put me into {said} for spring") == f"put me into {code} for spring"
            )


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=3), st.data())
def test_several_codes_in_a_sentence(codes: list[str], data: st.DataObject) -> None:
    said = [data.draw(st.sampled_from(spoken_forms(code))) for code in codes]
    assert WRITER.write(" and also ".join(said)) == " and also ".join(codes)


@given(st.integers(1, 999))
def test_numbers_come_back(number: int) -> None:
    for reading in readings(number):
        assert number_of(tuple(reading.split())) == number


@given(st.integers(2010, 2099))
def test_years_come_back(year: int) -> None:
    for reading in year_readings(year):
        assert WRITER.write(f"winter {reading}") == f"winter {year}"
        assert WRITER.write(f"{reading} please") == f"{year} please"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("see ess one oh six a", "CS106A"),
        ("math fifty one", "MATH51"),
        ("winter twenty nineteen", "winter 2019"),
        ("twenty eighteen nineteen", "2018-19"),
        ("for three units", "for 3 units"),
        ("three to five units", "3-5 units"),
        ("Enroll me in CS 106A, please.", "Enroll me in CS106A, please."),
        ("cs 229 or double e one oh eight", "CS229 or EE108"),
        ("em ess and ee one eleven", "MS&E111"),
        ("before ten thirty a m", "before 10:30am"),
        ("at three p.m.", "at 3pm"),
        ("a way ess eye class", "a WAY-SI class"),
        ("my number is oh five five five one two three four", "my number is 05551234"),
        ("is math fifty one a good class", "is MATH51 a good class"),
        ("enroll me one more time", "enroll me one more time"),
        ("I can see for miles", "I can see for miles"),
        ("history of jazz", "history of jazz"),
        ("computer science three oh seven", "CS307"),
    ],
)
def test_written_as_students_type(said: str, written: str) -> None:
    assert WRITER.write(said) == written


@given(st.text(max_size=80))
def test_any_text_can_be_written_and_read_out(text: str) -> None:
    assert len(WRITER.write(text).split()) <= len(text.split())
    assert all(word.isascii() and word == word.lower() for word in words_of(text))
    assert "*" not in read_out(text)


_WORDS = (
    "a see ess oh one two hundred and twenty nineteen math way p m to units thousand for".split()
)


@given(st.lists(st.sampled_from(_WORDS), max_size=12))
@settings(max_examples=300)
def test_any_row_of_numbers_and_letters_can_be_written(words: list[str]) -> None:
    written = WRITER.write(" ".join(words))
    assert written or not words
    assert WRITER.write(written).split() or not words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("**Enrolled** in CS106A 🎉", "Enrolled in C S one oh six ay"),
        ("MATH51, 3-5 units", "math fifty one, three to five units"),
        ("[the page](https://x.example/y) says 10:30 AM", "the page says ten thirty ay M"),
        ("Winter 2019", "Winter twenty nineteen"),
        ("https://x.example/ only", "only"),
    ],
)
def test_read_aloud(text: str, read: str) -> None:
    assert read_out(text) == read
