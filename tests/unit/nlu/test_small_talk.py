"""Another set's talk in our intents."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from nlu.data.small_talk import SmallTalk
from nlu.schema import INTENTS

ROWS = [
    ("yeah right", "yes"),
    ("not at all", "no"),
    ("fry an egg", "recipe"),
    ("again please", "repeat"),
    ("who tiled this roof", "oos"),
]


def test_intents_are_ours_and_slots_unknown() -> None:
    drawn = SmallTalk(ROWS).draw(random.Random(0))
    read = {" ".join(turn.words): turn.intent for (turn,) in drawn}
    assert read == {
        "yeah right": "affirm",
        "not at all": "deny",
        "fry an egg": "other",
        "who tiled this roof": "other",
    }
    assert set(read.values()) <= set(INTENTS)
    assert all(turn.tags is None for (turn,) in drawn)


def test_an_epoch_takes_a_share_and_the_seed_decides() -> None:
    talk = SmallTalk([(f"yes {n}", "yes") for n in range(90)])
    first, again, other = (talk.draw(random.Random(seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) < 90


def test_the_training_part_alone_is_read(tmp_path: Path) -> None:
    parts = {"train": [["sure", "yes"]], "oos_train": [["x y", "oos"]], "val": [["nah", "no"]]}
    (tmp_path / "clinc.json").write_text(json.dumps(parts))
    assert {turn.intent for (turn,) in SmallTalk.read(tmp_path).draw(random.Random(0))} == {
        "affirm",
        "other",
    }


def test_another_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        SmallTalk.read(tmp_path)
