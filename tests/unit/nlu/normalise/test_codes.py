"""Course codes in the ways students type them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise.codes import codes, is_bare, widened

NORMAL = re.compile(r"[A-Z&]*\d{1,3}[A-Z]{0,3}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CS106A", ["CS106A"]),
        ("cs 106 a", ["CS106A"]),
        ("CS-106A", ["CS106A"]),
        ("Cs 106A", ["CS106A"]),
        ("CS106A and 106B", ["CS106A", "CS106B"]),
        ("CS 106A, 106B", ["CS106A", "CS106B"]),
        ("MEDADM 807 and 515", ["MEDADM807", "MEDADM515"]),
        ("math 51 or 52", ["MATH51", "MATH52"]),
        ("bio 82 and chem 33", ["BIO82", "CHEM33"]),
        ("ms&e 111", ["MS&E111"]),
        ("MS and E 111", ["MS&E111"]),
        ("hist 1b", ["HISTORY1B"]),
        ("stats60", ["STATS60"]),
        ("phil 80 in winter", ["PHIL80"]),
        ("cs one oh six a", ["CS106A"]),
        ("see s 106a", ["CS106A"]),
        ("C S 106A", ["CS106A"]),
        ("cs106a/b", ["CS106A", "CS106B"]),
        ("CS 106 A or B", ["CS106A", "CS106B"]),
        ("computer science one oh six a", ["CS106A"]),
        ("political science 104", ["POLISCI104"]),
        ("280", ["280"]),
        ("106A", ["106A"]),
        ("nothing here", []),
        ("", []),
    ],
)
def test_codes_of(text: str, expected: list[str]) -> None:
    assert list(codes(text)) == expected


def test_a_bare_number_takes_the_conversation_s_subject() -> None:
    assert codes("106b", subject="CS") == ("CS106B",)
    assert codes("and 109", subject="CS") == ("CS109",)
    assert is_bare("106B")
    assert not is_bare("CS106B")


@given(st.text(max_size=200))
def test_any_text_gives_normal_codes(text: str) -> None:
    found = codes(text)
    assert len(set(found)) == len(found)
    assert all(NORMAL.fullmatch(code) for code in found)


@given(
    st.sampled_from(["CS", "EE", "MATH", "HISTORY", "MS&E", "HUMBIO", "BIO"]),
    st.integers(1, 399),
    st.sampled_from(["", "A", "B", "N", "SI"]),
    st.sampled_from(["{s}{n}{x}", "{s} {n}{x}", "{s} {n} {x}", "{s}-{n}{x}", "{s}_{n}{x}"]),
    st.booleans(),
)
def test_every_way_of_writing_one_code(
    subject: str, number: int, suffix: str, form: str, lower: bool
) -> None:
    text = form.format(s=subject, n=number, x=suffix).strip()
    written = text.lower() if lower else text
    assert codes(written) == (f"{subject}{number}{suffix}",)


@given(st.from_regex(r"[A-Z]{2,6}[1-9][0-9]{0,2}[A-Z]?", fullmatch=True))
def test_normalising_twice_changes_nothing(code: str) -> None:
    once = codes(code)
    assert codes(" ".join(once)) == once


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("when does computer science one oh nine meet", "science one oh nine", "computer science"),
        ("is data science 109 good", "science 109", "science"),
        ("take CS109", "CS109", "CS109"),
    ],
)
def test_a_span_takes_in_the_whole_name_of_its_subject(text: str, span: str, whole: str) -> None:
    start = text.index(span)
    assert widened(text, start, start + len(span)).startswith(whole)
