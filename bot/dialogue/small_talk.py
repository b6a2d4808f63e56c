"""When small talk is not what it was taken for: a mumble is no goodbye, a hesitation no refusal.

Short messages without a known word are what the model knows least about; it tends to hear a
farewell or a change of mind in them, which would end what the student is in the middle of.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.consent import hesitates
from bot.dialogue.state import DialogueState
from bot.dialogue.turn import Turn

_SURE = 0.5  # of a word that ends something
_ENDING = ("goodbye", "cancel")
_TALK = (*_ENDING, "greet", "thank", "help", "deny", "affirm")
_VALUES = ("quarter", "year", "units", "day", "time", "instructor", "grading")


def steadied(state: DialogueState, turn: Turn) -> Turn:
    """The turn; as an answer where it holds one, as not understood where nothing is certain."""
    if turn.intent not in _TALK:
        return turn
    if turn.has(*_VALUES) and not turn.has("code", "title", "subject", "topic"):
        told = turn.intent in ("goodbye", "greet", "thank") or state.goal is not None
        return replace(turn, intent="answer") if told else turn
    doubtful = turn.unsure and state.question is not None
    ending = turn.intent in _ENDING and turn.confidence < _SURE
    wavering = turn.intent == "deny" and hesitates(turn.text)
    return replace(turn, intent="other") if doubtful or ending or wavering else turn
