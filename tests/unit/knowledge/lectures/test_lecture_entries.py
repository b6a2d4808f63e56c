"""The entries themselves: complete, distinct, and every lecture has some."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from knowledge.lectures.finder import Entry, read_entries


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read_entries()


def test_there_are_enough_and_every_lecture_has_some(entries: list[Entry]) -> None:
    assert len(entries) >= 40
    of_lecture = Counter(entry.lecture for entry in entries)
    assert set(of_lecture) == set(range(11))
    assert min(of_lecture.values()) >= 3


def test_ids_and_phrasings_belong_to_one_entry_each(entries: list[Entry]) -> None:
    ids = Counter(entry.id for entry in entries)
    phrasings = Counter(text.lower().rstrip("?") for e in entries for text in e.phrasings)
    assert [name for name, count in ids.items() if count > 1] == []
    assert [text for text, count in phrasings.items() if count > 1] == []


def test_an_answer_is_short_prose_that_ends(entries: list[Entry]) -> None:
    for entry in entries:
        assert 40 <= len(entry.answer) <= 700, entry.id
        assert entry.answer.endswith((".", "!", "?", ")")), entry.id
        assert "\n" not in entry.answer, entry.id


def test_every_entry_can_be_asked_in_several_ways(entries: list[Entry]) -> None:
    assert [e.id for e in entries if len(set(e.phrasings)) < 3] == []


def test_files_are_read_in_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yml").write_text(
            f"- id: {name}\n  lecture: 1\n  question: What is {name}?\n  also: [tell {name}]\n"
            f"  answer: >-\n    It is\n    {name}.\n"
        )
    first, second = read_entries(tmp_path)
    assert (first.id, second.id) == ("a", "b")
    assert first.phrasings == ("What is a?", "tell a", "It is a.")
    assert first.answer == "It is a."
