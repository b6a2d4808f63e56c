"""The words in which changes of the record are asked for, and those that only ask about them."""

from __future__ import annotations

import re

from bot.dialogue.state import GoalKind

VERBS = {
    GoalKind.SWAP: r"swap|switch|exchange|trade|replace|substitute",
    GoalKind.DROP: r"drop|withdraw|get rid of|remove|unenroll|un-enroll|ditch"
    r"|(?:take|get|pull) me out of",
    GoalKind.ENROLL: r"enroll?|add|register|sign (?:me )?up|put me|get me in(?:to)?|take|join",
}
_NAMED = {
    kind: re.compile(rf"\b(?:{verbs})(?:s|ed|ped|ping|ing)?\b", re.IGNORECASE)
    for kind, verbs in VERBS.items()
}
_WONDERS = re.compile(
    r"\b(?:when|where|whose?|why|whether|how (?:many|much|long|often|come|big|hard))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided|as long as|so long as|in case)\b"
    r"(?! (?:possible|you can|i may|there(?:'?s| is| are| still)|it(?:'?s| is) (?:open|possible)))",
    re.IGNORECASE,
)
_INQUIRES = re.compile(
    r"\b(?:tell me|(?:what|how)(?! about)|which|when|where|who|why|(?:is|does|do|are)\b.*\?)",
    re.IGNORECASE,
)


def inquires(text: str) -> bool:
    """Whether a text asks: "tell me about", "what is"; "how about CS107" proposes."""
    return _INQUIRES.search(text) is not None


def names(kind: GoalKind, text: str) -> bool:
    """Whether a text says the change in so many words: "drop", "sign me up"."""
    return _NAMED[kind].search(text) is not None


def without(kind: GoalKind, text: str) -> str:
    """What is left of a text when the words for the change are taken out."""
    return _NAMED[kind].sub(" ", text)


def wonders(text: str) -> bool:
    """Whether a text asks about something, so that a wish in it may be misheard: "my boss asks when
    I'd be in PHYSICS120"; or makes the wish hang on what only the student can judge.
    """
    return any(cue.search(text) for cue in (_WONDERS, _CONDITION))
