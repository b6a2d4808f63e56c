"""Holds a conversation of a file with the running bot, and tells where it went otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import yaml
from conversation_format import Conversation, Record, Turn
from remembered import Remembered, details, remembered, summary

from bot.identity import ANONYMOUS
from knowledge.model.students import Principal, Role


@dataclass
class Held:
    """What was said, done, remembered and recorded in one conversation."""

    conversation: Conversation
    replies: list[str] = field(default_factory=list)
    buttons: list[list[str]] = field(default_factory=list)
    memory: Remembered | None = None
    end: list[str] = field(default_factory=list)


def hold(quad: Any, conversation: Conversation) -> Held:
    """Say every turn, whatever is answered; then look at the bot's memory and at Axess."""
    suid = quad.add_student(**_record(conversation.student)) if conversation.student else None
    sender = f"{conversation.name} {uuid4().hex}"
    held = Held(conversation)
    for turn in conversation.turns:
        replies = quad.say(turn.say, suid, sender)
        held.replies.append("\n".join(reply.get("text") or "" for reply in replies))
        buttons = [each["title"] for reply in replies for each in reply.get("buttons") or ()]
        held.buttons.append(buttons)
    speaker = Principal(suid, Role.STUDENT) if suid else ANONYMOUS
    held.memory = remembered(quad.conversations, quad.gate.conversation(speaker, sender))
    if suid:
        held.end = sorted(_line(each) for each in quad.enrollments(suid))
        quad.leave_all(suid)
    return held


def _record(record: Record) -> dict[str, Any]:
    plain: dict[str, Any] = {**record.model_dump(), "holds": tuple(record.holds)}
    if record.completed == ["all"]:
        plain |= {"completed": (), "completed_all": True}
    return plain


def _line(enrollment: dict[str, Any]) -> str:
    return "{code} {quarter} {year} {status}".format(**enrollment)


def differences(held: Held) -> list[str]:
    """What is not as the file wants it, in the order of the conversation."""
    wanted, memory = held.conversation, held.memory
    assert memory is not None
    found = [
        f"turn {number}: {problem}"
        for number, turn in enumerate(wanted.turns, 1)
        for problem in _of_turn(turn, held.replies[number - 1], memory.acts[number - 1])
    ]
    state = summary(memory.state)
    expected = wanted.state.model_dump(exclude_none=True) if wanted.state else {}
    for name, value in expected.items():
        if state[name] != value:
            found.append(f"{name} in the end: {_short(state[name])}, wanted {_short(value)}")
    if held.end != sorted(wanted.end):
        found.append(f"Axess in the end: {_short(held.end)}, wanted {_short(sorted(wanted.end))}")
    return found


def _of_turn(turn: Turn, reply: str, acts: list[str]) -> list[str]:
    found = []
    if turn.acts is not None and acts != turn.acts:
        found.append(f"acts {_short(acts)}, wanted {_short(turn.acts)}")
    for pattern in turn.reply:
        if not re.search(pattern, reply, re.IGNORECASE | re.DOTALL):
            found.append(f"the reply does not match {pattern!r}")
    return found


def _short(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def report(held: Held) -> str:
    """Everything a reader needs: what differs, the transcript with its acts, the state."""
    parts = [f'"{held.conversation.name}" went otherwise:']
    parts += [f"  ✗ {difference}" for difference in differences(held)]
    return "\n".join([*parts, "", *transcript(held)])


def transcript(held: Held) -> list[str]:
    """What was said and done, then the state as YAML and the student's record."""
    assert held.memory is not None
    lines = []
    for number, turn in enumerate(held.conversation.turns):
        lines += [f"{number + 1:>2} student: {turn.say}"]
        lines += [f"   acts:    [{', '.join(held.memory.acts[number])}]"]
        lines += ["   Quad:    " + held.replies[number].replace("\n", "\n            ")]
        if held.buttons[number]:
            lines += ["            " + " ".join(f"[{each}]" for each in held.buttons[number])]
    told = details(held.memory.state)
    state = yaml.safe_dump(
        told, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
    )
    return [*lines, "", "state in the end:", state, f"Axess in the end: {_short(held.end)}"]
