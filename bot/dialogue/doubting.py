"""A message that no reading is likely enough for: ask which one was meant, then act on that.

The message itself is kept, so that nothing has to be said twice.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import pointing
from bot.dialogue.acts import Act
from bot.dialogue.filling import class_mentions
from bot.dialogue.state import Ask, DialogueState, Option, Question
from bot.dialogue.turn import Turn

READINGS = (
    "enroll", "drop", "swap", "inform", "my_schedule", "lecture_question", "skill", "handoff",
)  # fmt: skip
_OFFERED = 2
NEITHER = ""  # the reading behind "something else"


def doubts(state: DialogueState, turn: Turn) -> bool:
    """Whether acting on this turn would be guessing; an open question is left to itself."""
    return turn.unsure and state.question is None and turn.intent in READINGS


def ask_back(state: DialogueState, turn: Turn) -> DialogueState:
    """Ask for the meaning of this turn, which waits in the state."""
    return replace(state, act=Act.ASK_MEANING, doubted=turn.to_json())


def likeliest(state: DialogueState) -> tuple[str, ...]:
    """The readings of the waiting turn that are worth offering, the likeliest first."""
    ranking = (state.doubted or {}).get("ranking", ())
    return tuple(name for name in ranking if name in READINGS)[:_OFFERED]


def classes_of(state: DialogueState) -> tuple[str, ...]:
    """The classes that the waiting turn names, as they were said or by their codes."""
    if state.doubted is None:
        return ()
    named = class_mentions(Turn.from_json(state.doubted), state)
    return tuple(each.code or each.title for each in named)


def meant(state: DialogueState, turn: Turn) -> tuple[DialogueState, Turn]:
    """The state without the question, and the turn to act on: the waiting one in the reading that
    was chosen, or this one when it says something of its own.
    """
    question, doubted = state.question, state.doubted
    if question is None or question.ask is not Ask.MEANING or doubted is None:
        return state, turn
    asked_by = f"{doubted['message_id']}:"  # what it wished in the reading that was doubted
    goals = tuple(goal for goal in state.goals if not goal.key.startswith(asked_by))
    free = replace(state, question=None, doubted=None, goals=goals)
    reading = _reading(question, turn)
    if reading is None and turn.intent == "affirm" and not turn.mentions:
        return replace(state, act=Act.ASK_MEANING), turn  # "yes" to one of several
    if reading is None:
        return free, turn
    if reading == NEITHER:
        return replace(free, act=Act.REPHRASE), turn
    chosen = replace(
        Turn.from_json(doubted), intent=reading, confidence=1.0, unsure=False,
        message_id=turn.message_id, suid=turn.suid,
    )  # fmt: skip
    return free, chosen


def _reading(question: Question, turn: Turn) -> str | None:
    """What was chosen: by label, by number, or by saying it again in a word or two."""
    said = turn.text.casefold().strip(" .!?")
    picked = [option for option in question.options if option.label.casefold() == said]
    index = pointing.ordinal(turn.text)
    if not picked and index is not None and index < len(question.options) and not turn.mentions:
        picked = [question.options[index]]
    if picked:
        return _named(picked[0])
    if turn.intent in ("deny", "cancel") and not turn.mentions:
        return NEITHER
    offered = {_named(option) for option in question.options}
    return turn.intent if turn.intent in offered and not turn.mentions else None


def _named(option: Option) -> str:
    return str(option.fills["intent"])
