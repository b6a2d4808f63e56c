"""Rasa's inline markup, there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.data.items import Item, Misaligned, Span, tags_of
from nlu.data.reading import parse_markup, read_file, to_markup

LINES = (
    "put me in [CS106A](code) this [winter](quarter)",
    'swap [CS106A]{"entity": "code", "role": "drop"} for [Deep Learning]'
    '{"entity": "title", "role": "add"}',
    "hello there",
    "[fall](quarter)[2019](year)",
)


@pytest.mark.parametrize("line", LINES)
def test_markup_there_and_back(line: str) -> None:
    text, spans = parse_markup(line)
    assert "[" not in text
    assert to_markup(Item(text, "enroll", spans, "f", "a")) == line


def test_spans_are_places_of_the_plain_text() -> None:
    text, spans = parse_markup(LINES[1])
    assert [(text[s.start : s.end], s.label) for s in spans] == [
        ("CS106A", "code:drop"),
        ("Deep Learning", "title:add"),
    ]


def test_a_file_keeps_author_and_family(tmp_path: Path) -> None:
    path = tmp_path / "ada.yml"
    path.write_text(
        'version: "3.1"\nnlu:\n- intent: drop\n  metadata: {family: plain, author: ada}\n'
        "  examples: |\n    - drop [CS106A](code)\n    - drop it\n- intent: greet\n"
        "  examples: |\n    - hi: you\n",
        encoding="utf-8",
    )
    items = read_file(path)
    assert [(i.text, i.intent, i.family, i.author) for i in items] == [
        ("drop CS106A", "drop", "ada/plain", "ada"),
        ("drop it", "drop", "ada/plain", "ada"),
        ("hi: you", "greet", "ada/greet", "ada"),
    ]


def test_tags_of_words() -> None:
    text, spans = parse_markup("add [CS 106 A](code), [fall](quarter)")
    assert tags_of(Item(text, "enroll", spans, "f", "a")) == [
        "O", "B-code", "I-code", "I-code", "O", "B-quarter",
    ]  # fmt: skip


@pytest.mark.parametrize("span", [(4, 8), (5, 10), (4, 4), (3, 4)])
def test_a_span_that_cuts_a_word_is_refused(span: tuple[int, int]) -> None:
    item = Item("add CS106A now", "enroll", (Span(*span, "code"),), "f", "a")
    with pytest.raises(Misaligned):
        tags_of(item)


def test_the_delexicalised_form_forgets_values() -> None:
    forms = {
        Item(text, "drop", spans, "f", "a").delexicalised
        for text, spans in (parse_markup(line) for line in ("Drop [A1](code)", "drop [B 22](code)"))
    }
    assert forms == {"drop <code>"}
