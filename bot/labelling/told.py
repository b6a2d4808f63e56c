"""A conversation as it was told: each of the student's turns with what the assistant made of it.

Built from the plain events of Rasa's tracker store; knows neither Rasa nor a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.dialogue.acts import Act
from knowledge.model.labelling import Reading

_ACTS = frozenset(act.value for act in Act if act is not Act.LISTEN)
_RESTART = "action_restart"


@dataclass(frozen=True)
class Told:
    """One message of a student. `sureness` is the least of intent's and spans' probabilities;
    `earlier` counts the turns before it that belong to the same conversation's run.
    """

    message_id: str
    text: str
    reading: Reading
    confidence: float
    sureness: float
    unsure: bool = False
    subject: str = ""
    acts: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    earlier: int = 0


@dataclass
class _Run:
    """The turns so far, and how many belong to the run since the last restart."""

    turns: list[Told] = field(default_factory=list)
    begun: int = 0

    def hear(self, event: Mapping[str, Any]) -> None:
        """A message of the student."""
        told = _told(event)
        if told is not None:
            self.turns.append(replace(told, earlier=len(self.turns) - self.begun))

    def act(self, name: str) -> None:
        """An action of the assistant."""
        if name == _RESTART:
            self.begun = len(self.turns)
        elif name in _ACTS and self.turns:
            self.turns[-1] = replace(self.turns[-1], acts=(*self.turns[-1].acts, name))

    def reply(self, text: str) -> None:
        """Words of the assistant; a greeting before the first message belongs to no turn."""
        if self.turns and text:
            self.turns[-1] = replace(self.turns[-1], replies=(*self.turns[-1].replies, text))


def turns_of(events: Iterable[Mapping[str, Any]]) -> tuple[Told, ...]:
    """The turns of one conversation's events, in their order."""
    run = _Run()
    for event in events:
        match event.get("event"):
            case "user":
                run.hear(event)
            case "action":
                run.act(str(event.get("name")))
            case "bot":
                run.reply(str(event.get("text") or ""))
    return tuple(run.turns)


def _told(event: Mapping[str, Any]) -> Told | None:
    """None for what is no message: a button's short-hand, an empty text, an unread event."""
    text, parse = event.get("text"), event.get("parse_data") or {}
    intent = parse.get("intent") or {}
    if not isinstance(text, str) or not text.strip() or not intent.get("name"):
        return None
    confidence = float(intent.get("confidence") or 0.0)
    entities = [e for e in parse.get("entities") or () if "start" in e and "end" in e]
    sure = min([confidence, *(float(e.get("confidence") or 1.0) for e in entities)])
    spans = ((e["start"], e["end"], _label(e)) for e in entities)
    principal = (event.get("metadata") or {}).get("principal") or {}
    return Told(
        message_id=str(event.get("message_id")),
        text=text,
        reading=Reading.of(str(intent["name"]), spans),
        confidence=confidence,
        sureness=sure,
        unsure=bool(parse.get("unsure")),
        subject=str(principal.get("subject") or "") if principal.get("role") == "student" else "",
    )


def _label(entity: Mapping[str, Any]) -> str:
    role = entity.get("role")
    return f"{entity['entity']}:{role}" if role else str(entity["entity"])
