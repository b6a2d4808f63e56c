"""Nobody is named in a conversation that others read; what it is about stays readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import LONGEST, Masker
from knowledge.storage.unit_of_work import UnitOfWork

MASKER = Masker(["Ada Lovelace", "José Núñez", "Mary Ann O'Neil", "Madonna"])
_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéñ", min_size=3, max_size=9)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I am 05551234, enroll me", "I am [number], enroll me"),
        ("ada.l@stanford.edu or (650) 723-2300", "[e-mail] or [number]"),
        ("it is for Ada Lovelace.", "it is for [name]."),
        ("it is for ADA LOVELACE and me", "it is for [name] and me"),
        ("Lovelace, Ada: enrolled", "[name]: enrolled"),
        ("ask josé núñez", "ask [name]"),
        ("Mary Ann O'Neil asked", "[name] asked"),
        ("my name is grace and I want CS106A", "my name is [name] and I want CS106A"),
        ("My name is Grace Hopper, hello", "My name is [name], hello"),
        ("I'm Grace. Drop CS106A", "I'm [name]. Drop CS106A"),
        ("I am Grace Brewster Hopper", "I am [name]"),
        ("call me Al", "call me [name]"),
        ("token eyJhbGciOi.eyJzdWIi.c2ln here", "token [token] here"),
    ],
)
def test_people_are_masked(said: str, kept: str) -> None:
    assert MASKER.mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "I am in CS106A in winter 2019",
        "I'm Taking CS106A",
        "This is Winter, I want 3-5 units",
        "classes by Ng or Roberts on Monday",
        "what are the undergraduate history classes?\nthe second one",
        "call me when it is open",
        "Madonna in music history",
        "",
    ],
)
def test_other_words_stay(said: str) -> None:
    assert MASKER.mask(said) == said


def test_the_speaker_is_masked_by_any_part_of_the_name() -> None:
    masked = MASKER.mask("Ada here, lovelace in full, May and al stay", own="Ada Lovelace Al")
    assert masked == "[name] here, [name] in full, May and al stay"


def test_names_come_from_the_record(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        name = work.students.get("05990003").name.split(" (")[0]
    masked = Masker.of(catalogue).mask(f"this is for {name.lower()}, please")
    assert masked == "this is for [name], please"


@given(st.text(max_size=600))
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = MASKER.mask(text, own="Ada Lovelace")
    assert MASKER.mask(masked, own="Ada Lovelace") == masked
    assert len(masked) <= LONGEST


@given(st.integers(10**6, 10**8 - 1), st.text("abc ,?\n", max_size=30))
def test_no_number_of_a_student_survives(suid: int, around: str) -> None:
    assert not re.search(r"\d{7}", MASKER.mask(f"{around} {suid:08d} {around}"))


@given(_LETTERS, _LETTERS, st.text("abc ,?\n", max_size=30), st.booleans())
def test_no_full_name_on_record_survives(first: str, last: str, around: str, turned: bool) -> None:
    name = f"{last}, {first}" if turned else f"{first.title()} {last.upper()}"
    masked = Masker([f"{first} {last}"]).mask(f"{around} . {name} . {around}")
    assert "[name]" in masked
    assert name not in masked
