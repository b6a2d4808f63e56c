"""Permission numbers in a student's words: read, kept apart from student numbers, and tried."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.state import DialogueState, Filled
from bot.dialogue.turn import Turn

_NAMED = re.compile(
    r"\b(?:permission|consent|approval|override|perm)\s*(?:number|num|no\.?|code|#)?\D{0,20}"
    r"(?P<number>\d{4,20})\b"
    r"|\b(?P<before>\d{4,20})\b\W{0,3}(?:is|was)\b.{0,20}\b(?:permission|consent|override)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(?:it'?s|it is|here|number)?\W*(\d{4,20})\W*", re.IGNORECASE)


def permission_number(text: str) -> str | None:
    """The number in "my permission number is 48210077", or None."""
    match = _NAMED.search(text)
    return (match["number"] or match["before"]) if match else None


def without_number(state: DialogueState, turn: Turn) -> Turn:
    """The turn in which a permission number does not pass for some student's number."""
    number = _number(state, turn)
    if number is None:
        return turn
    rest = (m for m in turn.mentions if m.slot != "suid" or number not in m.text)
    return replace(turn, mentions=tuple(rest))


def tried_again(state: DialogueState, turn: Turn) -> DialogueState | None:
    """The open wish, or the one refused for want of a number, now with it; None otherwise."""
    number, refused = _number(state, turn), state.refused
    if number is None or turn.has("code", "title"):
        return None  # no number, or a wish of its own
    given = {"permission": Filled(number, state.turn), "wants_permission": None}
    if refused is not None:
        wish = replace(refused.having(**given), key=f"{turn.message_id}:0")
        return replace(state, goals=(wish, *state.goals), refused=None, question=None)
    if state.goal is None:
        return None
    return replace(state.with_goal(state.goal.having(**given)), question=None)


def _number(state: DialogueState, turn: Turn) -> str | None:
    named = permission_number(turn.text)
    asked = state.refused is not None and state.refused.get("wants_permission")
    bare = _BARE.fullmatch(turn.text) if asked else None
    return named or (bare.group(1) if bare else None)
