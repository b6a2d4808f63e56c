"""What the chat makes of a text: our NLU's parse, the dialogue's filters, the service's query."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from actions.searching import attempts, params
from bot.dialogue.filling import Clock, class_mentions
from bot.dialogue.querying import query_filters
from bot.dialogue.state import DialogueState
from bot.dialogue.topics import about
from bot.dialogue.turn import Mention, Turn
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.snapshot import Snapshot
from knowledge.mocks.explorecourses_filters import read_query
from nlu.serving.engine import Engine

_WEIGHTS = Path("nlu/weights/transformer")


class Reader:
    """Reads texts as the chat does, by the committed weights."""

    def __init__(self, engine: Engine, snapshot: Snapshot, today: date) -> None:
        self._engine = engine
        self._snapshot = snapshot
        self._clock = Clock(snapshot.calendar, today)

    @classmethod
    def open(cls, var: Path, snapshot: Snapshot, today: date) -> Reader:
        """Pack the committed weights once and keep them under var/."""
        saved = (_WEIGHTS / "joint.safetensors").read_bytes()
        folder = var / "search" / f"nlu-{hashlib.sha256(saved).hexdigest()[:12]}"
        if not folder.exists():
            from nlu.encoders.location import DEFAULT
            from nlu.serving.pack import pack_joint  # torch is needed for packing alone

            unfinished = folder.with_suffix(".unfinished")
            unfinished.mkdir(parents=True, exist_ok=True)
            pack_joint(_WEIGHTS, DEFAULT, unfinished)
            unfinished.rename(folder)
        return cls(Engine.load(folder), snapshot, today)

    @property
    def academic_start(self) -> int:
        """The running academic year."""
        return self._clock.academic_start

    def turn(self, text: str) -> Turn:
        """The text as one message."""
        parse = self._engine.parse(text)
        mentions = tuple(
            Mention(e.label.split(":")[0], text[e.start : e.end], e.start) for e in parse.entities
        )
        return Turn(text, parse.intent[0], parse.intent[1], mentions, "evaluation")

    def codes(self, text: str) -> list[str]:
        """The codes that a text names, in order."""
        named = class_mentions(self.turn(text), DialogueState())
        return [mentioned.code for mentioned in named if mentioned.code]

    def queries(self, text: str, limit: int) -> Iterator[CourseQuery]:
        """What the service is asked, attempt by attempt; a title is looked for as words."""
        turn = self.turn(text)
        filters = query_filters(turn, self._clock)
        titles = [mention.text for mention in turn.of("title")]
        if titles:
            filters["topics"] = [*filters.get("topics", ()), *titles]
            filters["about"] = about(turn)
        query = filters or {"text": text}
        for attempt in attempts(query, self.academic_start):
            yield read_query(params(attempt, 0, limit), self._snapshot, limit)
