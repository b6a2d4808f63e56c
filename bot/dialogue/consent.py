"""Consent to a change of the record must be unmistakable: a hesitation is no yes.

The model reads "maybe", "why" or "huh" as agreement, since agreement is what short replies mostly
are; before anything is done in a student's name, that is not enough.
"""

from __future__ import annotations

import re

from bot.dialogue.turn import Turn

_HESITATION = re.compile(
    r"\?\s*$|^\W*(?:why|how|huh|what|when|so|then|and|but|well|really|ready|come on)\W*$"
    r"|^\W*(?:h+m+|u+h+|u+m+|e+r+|m+)\W*$"
    r"|\b(?:maybe|perhaps|possibly|probably|kinda|kind of|sort of|could be|might|depends|unsure"
    r"|idk|dunno|don'?t know|not sure|are you sure|is that ok|if possible|yes and no"
    r"|wait(?!\W*list)|hold on|think about it|later)\b",
    re.IGNORECASE,
)
_MODIFIERS = re.compile("[\\s\U0001f3fb-\U0001f3ff\ufe0f!.]")
_YES = frozenset("👍👌✅✔💯🙏🙌🆗")
_NO = frozenset("👎❌✖🚫🙅")


def agrees(turn: Turn) -> bool:
    """Whether a turn says yes, all of it and without a doubt."""
    return turn.intent == "affirm" and not turn.mentions and not hesitates(turn.text)


def hesitates(text: str) -> bool:
    """Whether a text leaves it open: "maybe", "dunno"."""
    return _HESITATION.search(text) is not None


def gesture(text: str) -> str | None:
    """The intent of a reply in pictures alone: thumbs up or down, a tick or a cross."""
    signs = set(_MODIFIERS.sub("", text))
    if signs and signs <= _YES:
        return "affirm"
    return "deny" if signs and signs <= _NO else None
