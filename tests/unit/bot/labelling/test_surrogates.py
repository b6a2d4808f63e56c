"""What is kept to learn from names nobody, and the spans still stand on their words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.labelling.checking import item_of
from bot.labelling.surrogates import NAMES, moved, surrogate
from bot.masking import Masker
from knowledge.model.labelling import Reading
from nlu.data.items import tags_of
from nlu.data.reading import parse_markup
from nlu.words import split

MASKER = Masker(["Ada Lovelace"])


def made(line: str, key: str = "k", own: str = "") -> tuple[str, list[tuple[str, str]]]:
    text, spans = parse_markup(line)
    reading = Reading.of("enroll", [(s.start, s.end, s.label) for s in spans])
    filled, moved_to = surrogate(text, reading, lambda said: MASKER.mask(said, own), key)
    return filled, [(filled[start:end], label) for start, end, label in moved_to.spans]


def test_a_student_number_becomes_another_one_and_stays_a_span() -> None:
    text, spans = made("I am [05551234](suid), put me in [CS106A](code) please")
    assert re.fullmatch(r"I am 0500\d{4}, put me in CS106A please", text)
    assert spans == [(text[5:13], "suid"), ("CS106A", "code")]


@pytest.mark.parametrize("written", ["055-51234", "0555 1234", "(0555) 1234"])
def test_a_number_in_groups_too(written: str) -> None:
    _, spans = made(f"my id is [{written}](suid) and I want [spring](quarter)")
    assert [label for _, label in spans] == ["suid", "quarter"]
    assert re.fullmatch(r"0500\d{4}", spans[0][0])


def test_names_become_others() -> None:
    text, spans = made("this is Ada Lovelace, I want [Programming Methodology](title)")
    assert "Ada" not in text
    assert "Lovelace" not in text
    assert any(name in text for name in NAMES)
    assert spans == [("Programming Methodology", "title")]


def test_the_speaker_s_own_name_goes_by_any_part() -> None:
    text, _ = made("lovelace here, hi", own="Ada Lovelace")
    assert "lovelace" not in text.lower()


def test_addresses_become_others() -> None:
    text, spans = made("write to ada@example.com about [CS229](code)")
    assert re.fullmatch(r"write to student\d+@example\.edu about CS229", text)
    assert spans == [("CS229", "code")]


def test_the_same_turn_is_made_up_the_same_way() -> None:
    line = "[05551234](suid) and 650 123 4567"
    assert made(line, "a") == made(line, "a")
    assert made(line, "a") != made(line, "b")


def test_nothing_to_mask_changes_nothing() -> None:
    codes = {"drop": "CS106A", "add": "CS229"}
    given_up, wanted = (
        f'[{code}]{{"entity": "code", "role": "{role}"}}' for role, code in codes.items()
    )
    assert made(f"drop {given_up} for {wanted}") == (
        "drop CS106A for CS229",
        [("CS106A", "code:drop"), ("CS229", "code:add")],
    )


def test_brackets_of_the_markup_are_written_otherwise() -> None:
    assert made("[CS106A](code)")[0] == "CS106A"
    text, reading = surrogate("a [b](c) {d}", Reading("other"), MASKER.mask, "k")
    assert text == "a (b)(c) (d)"
    assert reading.spans == ()


_WORDS = st.sampled_from(
    [
        "enroll",
        "me",
        "CS106A",
        "05551234",
        "1234567",
        "Ada Lovelace",
        "a@b.co",
        "spring,",
        "ﬁt",
        "  ",
        "\n",
    ]
)


@given(st.lists(_WORDS, min_size=1, max_size=12), st.data())
def test_spans_stay_on_whole_words_whatever_is_masked(
    pieces: list[str], data: st.DataObject
) -> None:
    text = " ".join(pieces)
    words = split(text).words
    count = len(words)
    first = data.draw(st.integers(0, max(0, count - 1)))
    last = data.draw(st.integers(first, max(0, min(count - 1, first + 2))))
    spans = [(words[first].start, words[last].end, "code")] if words else []
    filled, reading = surrogate(text, Reading.of("enroll", spans), MASKER.mask, "k")
    tags_of(item_of(filled, reading))  # raises Misaligned where a span cuts a word
    assert "05551234" not in filled
    assert "1234567" not in filled
    assert "Lovelace" not in filled
    assert "a@b.co" not in filled
    assert filled == " ".join(filled.split())


@given(st.text("ab cd.,", max_size=40), st.data())
def test_moving_to_the_same_text_is_no_move(text: str, data: st.DataObject) -> None:
    words = split(text).words
    if not words:
        assert moved(text, (), text) == ()
        return
    first = data.draw(st.integers(0, len(words) - 1))
    span = (words[first].start, words[first].end, "topic")
    assert moved(text, (span,), text) == (span,)
