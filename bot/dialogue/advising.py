"""Questions that the knowledge graph answers: what comes before a course, after it, or next.

They arrive as `inform` with a course.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.acts import Act
from bot.dialogue.advice import Advice, advice, of_lectures, whole_chain
from bot.dialogue.state import DialogueState, Mentioned
from bot.dialogue.turn import Turn

_MOST_TAKEN = 12
# What the tagger may take for an attribute in these questions: "where do I go from …".
_STEERING = re.compile(r"req|need|before|after|next|where")
_SPLIT = re.compile(r"\b(?:before|for|prior to|ahead of)\b", re.IGNORECASE)


def advised(state: DialogueState, turn: Turn, courses: Sequence[Mentioned]) -> DialogueState | None:
    """The state with the graph asked about the course that is meant; None for other questions."""
    leaning = not turn.has("quarter", "year", "attribute")
    asked = advice(turn.text, _previous(state) if leaning and courses else None)
    if asked is None or _only_prerequisites(turn):
        return None
    named = list(courses) or _unnamed(state, turn, asked)
    if not named:
        return None
    about, others = _meant(asked, turn, named)
    args: dict[str, Any] = {"advice": asked.value, "courses": [_named(about)], "others": others}
    return replace(state, act=Act.ADVISE, args=args)


def _previous(state: DialogueState) -> Advice | None:
    said = state.args.get("advice")
    return Advice(said) if said else None


def _unnamed(state: DialogueState, turn: Turn, asked: Advice) -> list[Mentioned]:
    """ "What next?" of the course just talked about; "after deep learning": a class by topic."""
    topics = [mention.text for mention in turn.of("topic")]
    if len(turn.mentions) == len(topics) == 1 and asked is not Advice.BEFORE:
        return [Mentioned("", title=topics[0])]
    return [state.focus] if state.focus is not None and not turn.mentions else []


def _only_prerequisites(turn: Turn) -> bool:
    """Whether an attribute is asked for: "the prerequisites of CS229" wants the catalogue line."""
    named = [mention.text.lower() for mention in turn.of("attribute")]
    if any(not _STEERING.search(text) for text in named):
        return True
    return any("req" in text for text in named) and not whole_chain(turn.text)


def _meant(
    asked: Advice, turn: Turn, named: list[Mentioned]
) -> tuple[Mentioned, list[dict[str, Any]]]:
    """The course asked about, and the others: "do I need A before B?", "I have A and B, what now?"

    Of two courses the later is meant, but for "before B, do I need A?".
    """
    last = named[-1]
    if asked is Advice.BEFORE and len(named) > 1:
        spans = [m for m in turn.mentions if m.slot in ("code", "title")]
        split = _SPLIT.search(turn.text)
        if split is not None and spans and spans[0].start > split.start():
            last = named[0]
    return last, [_named(course) for course in named if course != last][:_MOST_TAKEN]


def _named(course: Mentioned) -> dict[str, Any]:
    return {"code": course.code, "title": course.title}


def picked(turn: Turn) -> Turn:
    """The turn as it is meant here: "a good follow-up to CS230" is asked of the catalogue, not of
    the lectures.
    """
    named = turn.intent in ("lecture_question", "my_schedule", "other") and turn.has("code")
    if named and not of_lectures(turn.text) and advice(turn.text) is not None:
        return replace(turn, intent="inform")
    return turn
