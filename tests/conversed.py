"""Conversations as the tracker store keeps them, for tests of what is made of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nlu.data.reading import parse_markup
from nlu.schema import split_label

Event = dict[str, Any]


def said(
    line: str,
    intent: str,
    *,
    sure: float = 0.99,
    spans_sure: float = 0.99,
    number: object = 0,
    suid: str | None = None,
    unsure: bool = False,
) -> Event:
    """A student's message; `line` holds the model's spans in markup."""
    text, spans = parse_markup(line)
    entities = []
    for span in spans:
        slot, role = split_label(span.label)
        entity = {"entity": slot, "start": span.start, "end": span.end, "confidence": spans_sure}
        entities.append({**entity, "role": role} if role else entity)
    principal = {"subject": suid or "", "role": "student" if suid else "anonymous"}
    return {
        "event": "user",
        "text": text,
        "message_id": f"m{number}",
        "metadata": {"principal": principal},
        "parse_data": {
            "intent": {"name": intent, "confidence": sure},
            "entities": entities,
            "unsure": unsure,
        },
    }


def acted(name: str) -> Event:
    """An action of the assistant."""
    return {"event": "action", "name": name}


def replied(text: str) -> Event:
    """Words of the assistant."""
    return {"event": "bot", "text": text, "data": {}}


def turn(line: str, intent: str, act: str = "action_search", **facts: Any) -> list[Event]:
    """A message, what was done, and a reply."""
    return [
        said(line, intent, **facts),
        acted(act),
        replied("Here you are."),
        acted("action_listen"),
    ]


def numbered(turns: Iterable[Sequence[Event]]) -> list[Event]:
    """The turns' events, each message with an id of its own."""
    events: list[Event] = []
    for number, each in enumerate(turns):
        first, *rest = each
        events += [{**first, "message_id": f"m{number}"}, *rest]
    return events


class Tracker:
    """A file in the columns of Rasa's store."""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(path) as file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT,"
                " type_name TEXT, timestamp REAL, intent_name TEXT, action_name TEXT, data TEXT)"
            )
        file.close()

    def tell(self, conversation: str, events: Iterable[Event]) -> None:
        """Add events to a conversation."""
        rows = [(conversation, event["event"], json.dumps(event)) for event in events]
        with sqlite3.connect(self._path) as file:
            query = "INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)"
            file.executemany(query, rows)
        file.close()

    def erase(self, conversation: str) -> None:
        """What erasing a student's conversation does."""
        with sqlite3.connect(self._path) as file:
            file.execute("DELETE FROM events WHERE sender_id = ?", (conversation,))
        file.close()
