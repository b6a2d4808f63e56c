"""What people agreed on becomes training data: valid, held-out forms left out, nothing twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.labelling.exporting import Left, as_yaml, author_of, export, writable
from knowledge.errors import ExportRefused
from knowledge.model.labelling import Act, Given, LabelItem, Reading
from nlu.data.items import Item, Span
from nlu.data.reading import parse_markup, read_file, read_folder, to_markup
from nlu.data.splits import SHORT, split_items
from nlu.data.validate import faults

DAY = date(2026, 11, 28)
AUTHOR = "conversations-2026-11-28"
HAND = read_folder()
SPLITS = split_items(HAND)


def done(text: str, intent: str, spans: tuple = (), number: int = 1) -> LabelItem:
    reading = Reading(intent, spans)
    said = (Given("rae", Act.LABEL, reading),)
    return LabelItem(number, text, Reading("other"), 0.4, ("unsure",), 1, 0, 1, said)


def as_item(item: Item) -> LabelItem:
    spans = tuple((span.start, span.end, span.label) for span in item.spans)
    return done(item.text, item.intent, spans)


NEW = (
    done("my cousin swears by CS106A so squeeze me in there", "enroll", ((20, 26, "code"),)),
    done("which rooms does she usually lecture in over there then", "inform"),
)


def test_a_file_that_reads_back_and_passes_the_checks(tmp_path: Path) -> None:
    target = tmp_path / "out.yml"
    done_with = export(NEW, DAY, target)
    assert (done_with.items, done_with.new, done_with.left) == (2, 2, {})
    items = read_file(target)
    assert {item.text: item.intent for item in items} == {n.text: n.result.intent for n in NEW}
    assert {item.author for item in items} == {AUTHOR}
    assert list(faults([*HAND, *items])) == []


def test_again_on_the_same_day_is_the_same_file(tmp_path: Path) -> None:
    target = tmp_path / "out.yml"
    export(NEW[:1], DAY, target)
    assert export(NEW, DAY, target).new == 1
    first = target.read_bytes()
    again = export(NEW[::-1], DAY, target)
    assert (again.items, again.new) == (2, 0)
    assert target.read_bytes() == first
    assert list(tmp_path.iterdir()) == [target]


def test_a_label_that_was_corrected_replaces_the_exported_one(tmp_path: Path) -> None:
    target = tmp_path / "out.yml"
    export(NEW, DAY, target)
    corrected = done(NEW[1].text, "lecture_question")
    export([corrected], DAY, target)
    intents = {item.text: item.intent for item in read_file(target)}
    assert intents == {NEW[0].text: "enroll", NEW[1].text: "lecture_question"}


@pytest.mark.parametrize("part", ["dev", "test"])
def test_held_out_forms_stay_out(part: str, tmp_path: Path) -> None:
    held_out = [item for item in getattr(SPLITS, part) if len(item.outline.split()) > SHORT]
    result = export([as_item(item) for item in held_out[:40]], DAY, tmp_path / "out.yml")
    assert result.items == 0
    assert set(result.left) == {Left.HELD_OUT.value}
    assert not result.path.exists()


def test_a_held_out_form_with_another_course_stays_out_too(tmp_path: Path) -> None:
    item = next(i for i in SPLITS.test if len(i.outline.split()) > 4 and i.spans)
    span = item.spans[0]
    text = f"{item.text[: span.start]}QQQ999{item.text[span.end :]}"
    grown = 6 - (span.end - span.start)
    spans = [(span.start, span.start + 6, span.label)]
    spans += [(s.start + grown, s.end + grown, s.label) for s in item.spans[1:]]
    result = export([done(text, item.intent, tuple(spans))], DAY, tmp_path / "out.yml")
    assert result.left == {Left.HELD_OUT.value: 1}


def test_what_is_known_is_not_doubled(tmp_path: Path) -> None:
    known = next(item for item in SPLITS.train if len(item.outline.split()) > 4)
    twice = [NEW[0], done(NEW[0].text.upper(), "enroll", ((20, 26, "code"),))]
    result = export([as_item(known), *twice], DAY, tmp_path / "out.yml")
    assert (result.items, result.left) == (1, {Left.KNOWN.value: 2})


def test_what_breaks_the_guide_or_the_markup_is_left_out(tmp_path: Path) -> None:
    wrong = done("ask me of [x](code) then anew and about", "inform")
    broken = done("nobody has ever asked a thing like that", "other", ((0, 6, "topic"),))
    result = export([wrong, broken], DAY, tmp_path / "out.yml")
    assert result.left == {Left.UNWRITABLE.value: 1, Left.AGAINST_GUIDE.value: 1}


def test_unfinished_items_wait(tmp_path: Path) -> None:
    waiting = LabelItem(1, "a b c d e f", Reading("other"), 0.4, (), 2, 0, 1, NEW[1].given)
    assert export([waiting], DAY, tmp_path / "out.yml").items == 0


def test_another_author_s_file_is_not_touched(tmp_path: Path) -> None:
    target = tmp_path / "priya.yml"
    target.write_text(as_yaml([Item("hello you there", "greet", (), "", "priya")], "priya"))
    before = target.read_bytes()
    with pytest.raises(ExportRefused):
        export(NEW, DAY, target)
    target.write_text("- not: [training")
    with pytest.raises(ExportRefused):
        export(NEW, DAY, target)
    target.write_bytes(before)
    assert author_of(DAY) == AUTHOR


def test_what_came_from_conversations_trains_and_moves_no_other_item() -> None:
    extra = [
        Item(f"never said before {n}", "enroll", (), f"{AUTHOR}/{n}", AUTHOR) for n in range(90)
    ]
    with_them = split_items([*HAND, *extra])
    assert (with_them.dev, with_them.test) == (SPLITS.dev, SPLITS.test)
    assert {item.author for item in with_them.train} > {AUTHOR}


_PIECE = st.sampled_from(
    [
        "enroll",
        "CS106A",
        "[x]",
        "(code)",
        "{",
        "}",
        "- ",
        "#",
        ":",
        "'",
        '"',
        "|",
        "é",
        "😀",
        "spring",
    ]
)


@given(st.lists(_PIECE, min_size=1, max_size=8), st.data())
def test_the_markup_reads_back_or_the_item_stays_out(
    pieces: list[str], data: st.DataObject
) -> None:
    text = " ".join(" ".join(pieces).split())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    item = Item(text, "enroll", (Span(start, end, "code"),), "", "")
    if writable(item):
        assert parse_markup(to_markup(item)) == (text, item.spans)
