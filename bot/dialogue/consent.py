"""Consent to a change of the record must be unmistakable: a hesitation is no yes.

The model reads "maybe", "why" or "huh" as agreement, since agreement is what short replies mostly
are; before anything is done in a student's name, that is not enough.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.state import Ask, DialogueState, GoalKind
from bot.dialogue.turn import Turn
from bot.dialogue.verbs import without

_HESITATION = re.compile(
    r"\?\s*$|^\W*(?:why|how|huh|what|when|so|then|and|but|well|really|ready|come on)\W*$"
    r"|^\W*(?:h+m+|u+h+|u+m+|e+r+|m+)\W*$"
    r"|\b(?:maybe|perhaps|possibly|probably|kinda|kind of|sort of|could be|might|depends|unsure"
    r"|idk|dunno|don'?t know|not sure|are you sure|is that ok|if possible|yes and no"
    r"|wait(?!\W*list)|hold on|think about it|later)\b",
    re.IGNORECASE,
)
# "Why not" alone asks for a reason as often as it agrees.
_WHY_NOT = re.compile(
    r"\W*(?:ok(?:ay)?|sure|yes|yeah|yep|fine|alright|all right)\W+(?:(?:then|well|so)\W+)?why not"
    r"(?:\W+(?:then|please|thanks))?[\s.!]*",
    re.IGNORECASE,
)
_AROUND = (
    r"ok|okay|yes|yeah|yep|sure|fine|alright|please|pls|then|well|so|just|now|anyway|still|go|ahead"
    r"|and|do|that|this|it|me|i|i'd|like|want|you|can|in|into|on|onto|up|for|to|there|the"
    r"|class|course|section|list|waitlist|wait|waiting|would"
)
_ONLY_AROUND = re.compile(rf"\W*(?:(?:{_AROUND})\b\W*)*", re.IGNORECASE)
_GIVES_UP = re.compile(
    r"\b(?:chang(?:ed|ing) (?:my|your) mind|(?:do not|don'?t|no longer) want (?:it|that|this|to)?"
    r"\s*(?:any\s?more|at all|after all|now)?|not interested|drop (?:it|that|this)|leave it"
    r"|let it be"
    r"|forget (?:it|about it|that|the whole)|never\s?mind|nvm|call it off|scrap (?:it|that))\b",
    re.IGNORECASE,
)
_MODIFIERS = re.compile("[\\s\U0001f3fb-\U0001f3ff\ufe0f!.]")
_YES = frozenset("👍👌✅✔💯🙏🙌🆗")
_NO = frozenset("👎❌✖🚫🙅")


def agrees(turn: Turn) -> bool:
    """Whether a turn says yes, all of it and without a doubt."""
    return turn.intent == "affirm" and not turn.mentions and not hesitates(turn.text)


def repeats(kind: GoalKind, turn: Turn) -> bool:
    """Whether a turn only says the open wish again, which is a yes: "ok, put me on it"."""
    if turn.intent != kind or turn.mentions or hesitates(turn.text):
        return False
    rest = without(kind, turn.text)
    return rest != turn.text and _ONLY_AROUND.fullmatch(rest) is not None


def gives_up(text: str) -> bool:
    """Whether a no is meant for the whole wish, not for what was guessed: "changed my mind"."""
    return _GIVES_UP.search(text) is not None


def _agrees_by_asking(text: str) -> bool:
    """Whether a text agrees by asking nothing: "ok why not"."""
    return _WHY_NOT.fullmatch(text) is not None


def hesitates(text: str) -> bool:
    """Whether a text leaves it open: "maybe", "dunno"."""
    return _HESITATION.search(text) is not None


def gesture(text: str) -> str | None:
    """The intent of a reply in pictures alone: thumbs up or down, a tick or a cross."""
    signs = set(_MODIFIERS.sub("", text))
    if signs and signs <= _YES:
        return "affirm"
    return "deny" if signs and signs <= _NO else None


def gestured(state: DialogueState, turn: Turn) -> Turn:
    """The turn with the intent of a thumb up, or of "ok why not" where a yes was asked for."""
    asked = state.question is not None and state.question.ask is Ask.CONFIRM
    agreed = "affirm" if asked and _agrees_by_asking(turn.text) else None
    return replace(turn, intent=gesture(turn.text) or agreed or turn.intent)
