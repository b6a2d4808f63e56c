"""Sim-M and WOZ 2.0 as one kind of dialogue: both sides' turns and the goal after each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlu.benchmarks.sequence import BenchmarkData
from nlu.labels import Labels
from nlu.turns import Turn
from nlu.words import split

DONTCARE = "dontcare"


@dataclass(frozen=True)
class Exchange:
    """What the assistant said, if anything, what the user answered, and the goal after it."""

    system: Turn | None
    user: Turn
    goal: Mapping[str, str]


@dataclass(frozen=True)
class GoalSet:
    """A set's dialogues by use; `ontology` lists the values of slots whose values are closed."""

    train: list[tuple[Exchange, ...]]
    dev: list[tuple[Exchange, ...]]
    test: list[tuple[Exchange, ...]]
    tested_on: str
    slots: tuple[str, ...]
    labels: Labels
    open_slots: tuple[str, ...] = ()
    ontology: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def plain(text: str) -> str:
    """Letters and digits alone: how values are compared."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def read_sim_m(folder: Path) -> GoalSet:
    """Google's simulated movie tickets, both sides' mentions labelled (Shah et al. 2018)."""
    tested_on, paths = _paths(folder, "train.json", "dev.json", "test.json")
    parts = [[_sim_dialogue(entry) for entry in _json(path)] for path in paths]
    slots = tuple(sorted({slot for d in parts[0] for e in d for slot in e.goal}))
    labels = Labels.of_slots(("turn",), slots)
    train, dev, test = parts
    return GoalSet(train, dev, test, tested_on, slots, labels, ("movie", "theatre_name"))


def _sim_dialogue(entry: dict[str, Any]) -> tuple[Exchange, ...]:
    return tuple(
        Exchange(
            _sim_turn(turn["system_utterance"], False) if "system_utterance" in turn else None,
            _sim_turn(turn["user_utterance"], True),
            {pair["slot"]: pair["value"] for pair in turn["dialogue_state"]},
        )
        for turn in entry["turns"]
    )


def _sim_turn(utterance: dict[str, Any], of_user: bool) -> Turn:
    words = tuple(utterance["tokens"])
    tags = ["O"] * len(words)
    for span in utterance["slots"]:
        for place in range(span["start"], span["exclusive_end"]):
            tags[place] = f"{'B' if place == span['start'] else 'I'}-{span['slot']}"
    return Turn(words, tuple(tags), None, of_user)


def read_woz2(folder: Path) -> GoalSet:
    """WOZ 2.0 (Wen et al. 2017; Mrkšić et al. 2017): restaurant search over a closed ontology."""
    names = ("woz_train_en.json", "woz_validate_en.json", "woz_test_en.json")
    tested_on, paths = _paths(folder, *names)
    parts = [[_woz_dialogue(entry) for entry in _json(path)] for path in paths]
    informable = _json(folder / "ontology_dstc2_en.json")["informable"]
    ontology = {slot: tuple(v) for slot, v in informable.items() if slot != "request"}
    slots = tuple(sorted(ontology))
    labels = Labels(("turn",), ("O",))
    train, dev, test = parts
    return GoalSet(train, dev, test, tested_on, slots, labels, (), ontology)


def _woz_dialogue(entry: dict[str, Any]) -> tuple[Exchange, ...]:
    return tuple(
        Exchange(
            _woz_turn(turn["system_transcript"], False) if turn["system_transcript"] else None,
            _woz_turn(turn["transcript"], True),
            {
                slot: value
                for act in turn["belief_state"]
                if act["act"] == "inform"
                for slot, value in act["slots"]
            },
        )
        for turn in entry["dialogue"]
    )


def _woz_turn(text: str, of_user: bool) -> Turn:
    return Turn(tuple(word.text.lower() for word in split(text).words), None, None, of_user)


def _paths(folder: Path, train: str, dev: str, test: str) -> tuple[str, list[Path]]:
    tested_on = "test" if (folder / test).exists() else "dev"
    return tested_on, [
        folder / train,
        folder / dev,
        folder / (test if tested_on == "test" else dev),
    ]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BenchmarkData(f"{path}: {error}") from error
