"""Another lab or discussion of a lecture one is in: "switch my lab to Monday"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.amending import class_slots
from bot.dialogue.filling import choice_slots, class_mentions, referred, stamped
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from bot.dialogue.turn import Turn

_LAB = r"(?:labs?|discussions?|recitations?)(?: sections?)?"
_CHANGE = re.compile(
    rf"\b(?:switch|change|move|swap|transfer|shift|reschedule)\b.{{0,40}}\b{_LAB}\b"
    rf"|\b(?:another|different|other|earlier|later)\b.{{0,12}}\b{_LAB}\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^\W*(?:when|where|who|which|what|is|are|does|do)\b", re.IGNORECASE)
LAB = "lab"  # the slot that makes a swap one of labs


def relocated(state: DialogueState, turn: Turn) -> DialogueState | None:
    """The state with the wish for another lab; None when it is not that.

    Which lecture it belongs to is often left unsaid; the record knows.
    """
    if turn.suid is None or not _CHANGE.search(turn.text) or _ASKS.match(turn.text):
        return None
    named = class_mentions(turn, state)
    pointed = named[0] if named else referred(turn, state)
    slots = {**choice_slots(turn), LAB: Filled(True)}
    if pointed is not None:
        one = class_slots(pointed)
        slots |= {**one, **{f"drop_{name}": filled for name, filled in one.items()}}
    goal = Goal(GoalKind.SWAP, f"{turn.message_id}:0", stamped(slots, state.turn))
    return replace(state, goals=(goal, *state.goals), question=None, strikes=0)
