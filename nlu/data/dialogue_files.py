"""Reads hand-written dialogues: dialogues/AUTHOR.yml, both sides' turns, the user's labelled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.data.items import Item
from nlu.data.reading import parse_markup
from nlu.turns import Conversation, said, turn_of

DIALOGUES = Path(__file__).parent / "dialogues"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Dialogue:
    """Turns in order: an Item of the user, or what the assistant said."""

    id: str
    author: str
    turns: tuple[Item | str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The user's turns."""
        return tuple(turn for turn in self.turns if isinstance(turn, Item))


def read_dialogues(folder: Path = DIALOGUES) -> list[Dialogue]:
    """All dialogues of a folder, files in order."""
    return [item for path in sorted(folder.glob("*.yml")) for item in read_dialogue_file(path)]


def read_dialogue_file(path: Path) -> list[Dialogue]:
    """The dialogues of one file; a malformed one raises KeyError."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
    author = data["author"]
    return [
        Dialogue(
            entry["id"],
            author,
            tuple(_turn(turn, f"{author}/{entry['id']}", author) for turn in entry["turns"]),
        )
        for entry in data["dialogues"]
    ]


def _turn(turn: dict[str, str], family: str, author: str) -> Item | str:
    if "bot" in turn:
        return str(turn["bot"])
    text, spans = parse_markup(str(turn["user"]).strip())
    return Item(text, turn["intent"], spans, family, author)


def conversation_of(dialogue: Dialogue) -> Conversation:
    """As the model reads it; the user's turns labelled."""
    return tuple(
        turn_of(turn) if isinstance(turn, Item) else said(turn, of_user=False)
        for turn in dialogue.turns
    )
