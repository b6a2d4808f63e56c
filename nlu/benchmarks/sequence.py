"""ATIS and SNIPS as SlotGated-SLU split them: seq.in, seq.out and label, a line an utterance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nlu.labels import Labels
from nlu.turns import Conversation, Turn


class BenchmarkData(ValueError):
    """A file of the set is missing or malformed."""


@dataclass(frozen=True)
class Parts:
    """A set's conversations by use; `test` is the test part where present, else dev."""

    train: list[Conversation]
    dev: list[Conversation]
    test: list[Conversation]
    tested_on: str
    labels: Labels


def read_sequences(folder: Path) -> Parts:
    """Read a folder with train/, dev/ and perhaps test/."""
    train, dev = _part(folder / "train"), _part(folder / "dev")
    tested_on = "test" if (folder / "test").is_dir() else "dev"
    test = _part(folder / "test") if tested_on == "test" else dev
    slots = sorted({tag[2:] for (turn,) in train for tag in turn.tags or () if tag != "O"})
    intents = tuple(sorted({turn.intent or "" for (turn,) in train}))
    return Parts(train, dev, test, tested_on, Labels.of_slots(intents, tuple(slots)))


def _part(folder: Path) -> list[Conversation]:
    try:
        columns = [
            (folder / name).read_text(encoding="utf-8").splitlines()
            for name in ("seq.in", "seq.out", "label")
        ]
    except OSError as error:
        raise BenchmarkData(f"{folder}: {error}") from error
    turns: list[Conversation] = []
    for words, tags, intent in zip(*columns, strict=True):
        turn = Turn(tuple(words.split()), tuple(tags.split()), intent.strip())
        if len(turn.words) != len(turn.tags or ()):
            raise BenchmarkData(f"{folder}: words and tags differ in number: {words!r}")
        turns.append((turn,))
    return turns
