"""What Rasa's tracker store keeps of a conversation: the acts of each turn, and the last state."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind, Mentioned

_UNSEEN = frozenset({"action_listen", "action_session_start", "action_understand"})


@dataclass(frozen=True)
class Remembered:
    """`acts[i]` are those that followed the student's message i, without their prefix."""

    acts: list[list[str]]
    state: DialogueState


def remembered(database: Path, conversation: str) -> Remembered:
    """Read the events of a conversation, by its inner id (`Gate.conversation`)."""
    query = "SELECT type_name, data FROM events WHERE sender_id = ? ORDER BY id"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute(query, (conversation,)).fetchall()
    acts: list[list[str]] = []
    slot: dict[str, Any] | None = None
    for kind, data in rows:
        event = json.loads(data)
        if kind == "user":
            acts.append([])
        elif kind == "action" and acts and event["name"] not in _UNSEEN:
            acts[-1].append(event["name"].split("_", 1)[1])
        elif kind == "slot" and event["name"] == "dialogue":
            slot = event["value"]
    return Remembered(acts, DialogueState.from_json(slot))


def summary(state: DialogueState) -> dict[str, Any]:
    """The state in the words of a conversation file: what its `state:` is compared with."""
    return {
        "question": state.question.ask.value if state.question else "none",
        "goals": [goal_name(goal) for goal in state.goals],
        "focus": state.focus.code if state.focus else "none",
        "results": [result.code for result in state.results],
    }


def goal_name(goal: Goal) -> str:
    """ "enroll CS106A Winter 2019", "drop ?", "swap CS107 for CS110"."""
    code = str(goal.get("code") or "?")
    if goal.kind is GoalKind.SWAP:
        code = f"{goal.get('drop_code') or '?'} for {code}"
    term = [str(goal.get(slot)) for slot in ("quarter", "year") if goal.get(slot) is not None]
    return " ".join([goal.kind.value, code, *term])


def details(state: DialogueState) -> dict[str, Any]:
    """The whole of it for reading, without what is empty."""
    question, effect = state.question, state.effect
    told = {
        **summary(state),
        "asked": question and f"{question.times}×" + (f", {question.topic}" * bool(question.topic)),
        "options": [option.label for option in question.options] if question else [],
        "slots": [_slots(goal) for goal in state.goals],
        "focus": _place(state.focus) if state.focus else "none",
        "last change": effect and f"{effect.kind} {effect.code} {effect.quarter} {effect.year}",
        "refused": state.refused and goal_name(state.refused),
        "query": state.query,
        "plan": sorted(state.plan),
        "strikes": state.strikes,
    }
    return {name: value for name, value in told.items() if value or name == "goals"}


def _slots(goal: Goal) -> dict[str, str]:
    return {slot: _filled(filled) for slot, filled in goal.slots.items()}


def _filled(filled: Filled) -> str:
    doubt = " guessed" * filled.guessed + f" {filled.confidence:.2f}" * (filled.confidence < 1)
    return f"{filled.value} (turn {filled.turn}{doubt})"


def _place(course: Mentioned) -> str:
    return " ".join(str(part) for part in (course.code, course.quarter, course.year) if part)
