"""Drafts for a person to correct, and the list of likely label errors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu import prelabel
from nlu.audit import doubtful_intents, doubtful_tags
from nlu.data.items import Item, Span
from nlu.data.reading import read_file
from nlu.schema import INTENTS
from nlu.words import split

CHANCE = np.random.default_rng(1)


def test_a_draft_can_be_read_back(
    tiny_weights: Path, tiny_encoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw.txt"
    raw.write_text("enroll me in CS106A\n\n  drop   it \nenroll me in CS106A\n😀\n")
    known = ["--weights", str(tiny_weights.parent), "--encoder", str(tiny_encoder)]
    assert prelabel.main([str(raw), "--author", "me", *known]) == 0
    out = capsys.readouterr()
    draft = tmp_path / "draft.yml"
    draft.write_text(out.out)
    items = read_file(draft)
    assert sorted(item.text for item in items) == ["drop it", "enroll me in CS106A", "😀"]
    assert {item.intent for item in items} <= set(INTENTS)
    assert {item.author for item in items} == {"me"}
    assert out.err  # untrained weights are sure of nothing


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        prelabel.main([str(tmp_path / "nothing.txt")])


def greeting(number: int, intent: str = "greet") -> Item:
    return Item(f"hello number {number}", intent, (), f"f{number % 8}", "a")


def thanks(number: int) -> Item:
    return Item(f"thanks number {number}", "thank", (), f"f{number % 8}", "a")


def test_a_wrong_intent_is_listed_first() -> None:
    items = [greeting(n) for n in range(40)] + [thanks(n) for n in range(40)]
    items.append(greeting(99, "thank"))
    centres = [item.text.startswith("hello") for item in items]
    vectors = CHANCE.normal(0, 0.3, (len(items), 4)) + np.outer(centres, [3, 0, 0, 0])
    found = list(doubtful_intents(items, vectors.astype(np.float32), 4))
    assert "hello number 99" in found[0]
    assert "thank" in found[0]
    assert "greet" in found[0]


def test_a_wrong_tag_is_listed_first() -> None:
    def item(number: int, *, tagged: bool = True) -> Item:
        spans = (Span(5, 11, "code"),) if tagged else ()
        return Item(f"drop CS106A now {number}", "drop", spans, f"f{number % 8}", "a")

    items = [*(item(n) for n in range(60)), item(99, tagged=False)]
    words = []
    for each in items:
        is_code = [word.text == "CS106A" for word in split(each.text).words]
        rows = CHANCE.normal(0, 0.3, (len(is_code), 4)) + np.outer(is_code, [4, 0, 0, 0])
        words.append(rows.astype(np.float32))
    found = list(doubtful_tags(items, words, 4))
    assert "drop CS106A now 99" in found[0]
    assert "O → B-code" in found[0]
