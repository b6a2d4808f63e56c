"""Reads Rasa's NLU YAML with its inline markup, as our hand-written files use it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from nlu.data.items import Item, Span

HAND = Path(__file__).parent / "hand"
_MARKUP = re.compile(r"\[(?P<text>[^\]]+)\](?:\((?P<slot>\w+)\)|(?P<json>\{[^}]*\}))")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_folder(folder: Path = HAND) -> list[Item]:
    """All items of a folder, files in order."""
    return [item for path in sorted(folder.glob("*.yml")) for item in read_file(path)]


def read_file(path: Path) -> list[Item]:
    """The items of one file."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
    items: list[Item] = []
    for block in data["nlu"]:
        meta = block.get("metadata") or {}
        author = meta.get("author", path.stem)
        family = f"{author}/{meta.get('family', block['intent'])}"
        for line in block["examples"].splitlines():
            if line.startswith("- "):
                text, spans = parse_markup(line[2:].strip())
                items.append(Item(text, block["intent"], spans, family, author))
    return items


def parse_markup(line: str) -> tuple[str, tuple[Span, ...]]:
    """ "[CS106A](code) please" → the plain text and its spans."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for match in _MARKUP.finditer(line):
        before, text = line[position : match.start()], match.group("text")
        pieces += [before, text]
        start = length + len(before)
        spans.append(Span(start, start + len(text), _label(match)))
        length, position = start + len(text), match.end()
    pieces.append(line[position:])
    return "".join(pieces), tuple(spans)


def _label(match: re.Match[str]) -> str:
    if match.group("slot"):
        return match.group("slot")
    data = json.loads(match.group("json"))
    return f"{data['entity']}:{data['role']}" if "role" in data else str(data["entity"])


def to_markup(item: Item) -> str:
    """The item as a line of Rasa's inline markup."""
    pieces, position = [], 0
    for span in item.spans:
        slot, _, role = span.label.partition(":")
        named = json.dumps({"entity": slot, "role": role}) if role else f"({slot})"
        pieces += [item.text[position : span.start], f"[{item.text[span.start : span.end]}]{named}"]
        position = span.end
    return "".join([*pieces, item.text[position:]])
