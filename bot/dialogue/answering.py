"""Answers to the open question: what fills it, what takes it back, what leaves it open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import cues, verbs
from bot.dialogue.confirming import confirmation, insisted
from bot.dialogue.consent import agrees, hesitates
from bot.dialogue.filling import (
    Clock,
    choice_slots,
    class_mentions,
    referred,
    stamped,
    term_slots,
    with_academic_year,
    year_slots,
)
from bot.dialogue.informing import DESCRIBING
from bot.dialogue.picking import chosen
from bot.dialogue.state import (
    Ask,
    DialogueState,
    Filled,
    Goal,
    GoalKind,
    Mentioned,
    Option,
    Question,
)
from bot.dialogue.turn import Mention, Turn
from nlu.normalise import codes, terms

_SHORT = 5
# What belongs to the class named before, and goes when another is named.
_OF_CLASS = ("code", "title", "name", "candidates", "said", "unknown", "class_id")
_MAX_TITLE_WORDS = 8
GIVEN_UP = "utter_which_given_up"  # the topic of the question which class a swap gives up
_TERM = ("quarter", "year", "academic_start")


def answer(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """The state with the open question answered (or its goal amended); None when it is not."""
    question = state.question
    if question is None or (turn.intent == "inform" and turn.has("attribute")):
        return None
    if (option := chosen(question, turn)) is not None:
        return _with_option(state, option)
    denies = turn.intent == "deny" and not turn.mentions
    if question.ask is Ask.CONFIRM and (denies or agrees(turn)):
        return confirmation(state, agreed=not denies)
    goal = state.goal
    if goal is None or not _may_answer(turn, question) or _is_another_wish(goal, turn, state):
        return None
    filled = goal_slots(state, turn, clock) or _guess_untagged(state, question, turn, clock)
    if not filled:
        return None
    stamp = stamped(filled, state.turn)
    if question.ask is Ask.CONFIRM and insisted(question, goal, stamp):
        return replace(state.with_goal(goal.confirmed()), question=None)
    goals = (amended(goal, stamp), *_siblings(goal, state.goals[1:], stamp))
    return replace(state, goals=goals, question=None)


def _siblings(goal: Goal, others: tuple[Goal, ...], said: dict[str, Filled]) -> tuple[Goal, ...]:
    """ "CS106A and ECON1", "winter": a term that is said holds for all classes of that message."""
    return tuple(_with_term(other, said) if _together(goal, other) else other for other in others)


def _together(one: Goal, other: Goal) -> bool:
    """Whether two goals came in one message: their keys begin with its id."""
    return one.key.rpartition(":")[0] == other.key.rpartition(":")[0]


def _with_term(goal: Goal, said: dict[str, Filled]) -> Goal:
    """The goal with those parts of a term that it lacks."""
    if goal.get("class_id") is not None:
        return goal
    return amended(goal, {n: said[n] for n in _TERM if n in said and goal.get(n) is None})


def _with_option(state: DialogueState, option: Option) -> DialogueState:
    goal = state.goal
    fills = {name: Filled(value, state.turn) for name, value in option.fills.items()}
    if goal is None:
        return replace(state, question=None, args=dict(option.fills))
    settled = dict.fromkeys(("candidates", "said", "unknown", "asks_drop", "title"))
    chosen_goal = goal.having(**{**settled, **fills})
    goals = (chosen_goal, *_siblings(goal, state.goals[1:], fills))
    return replace(state, goals=goals, question=None)


def _may_answer(turn: Turn, question: Question) -> bool:
    """An answer, a bare value, a correction, or the same wish said again with more detail."""
    if turn.intent in ("answer", "enroll", "drop", "swap", "affirm", "deny"):
        return True
    short = len(turn.text.split()) <= _SHORT
    if turn.intent == "other":
        return short
    return turn.is_bare and not cues.continues(turn.text) and "?" not in turn.text


def _is_another_wish(goal: Goal, turn: Turn, state: DialogueState) -> bool:
    """A wish of another kind, or for another class without taking the first one back."""
    if turn.intent not in tuple(GoalKind):
        return False
    if turn.intent == GoalKind.DROP and _asks_given_up(state):
        return False  # "drop CS107" tells which class goes
    asks = state.question is not None and state.question.ask in (Ask.CLASS, Ask.CHOICE)
    if asks and turn.intent != goal.kind and not verbs.names(GoalKind(turn.intent), turn.text):
        return False  # "that would be CS105 for me"
    doubtful = turn.intent == GoalKind.SWAP and not cues.swaps(turn.text)  # "ok then cs106x"
    if turn.intent != goal.kind and not doubtful:
        return True
    named = class_mentions(turn, state)
    known = goal.get("code")
    return bool(known and named) and named[0].code != known and not cues.corrects(turn.text)


def goal_slots(state: DialogueState, turn: Turn, clock: Clock) -> dict[str, Filled]:
    """Everything in a turn that can amend the current goal."""
    goal = state.goal
    known = goal.get("quarter") if goal else None
    slots = {**term_slots(turn, clock, known), **choice_slots(turn)}
    named = class_mentions(turn, state)
    if not named and (pointed := referred(turn, state)) and _asks_class(state):
        named = [pointed]
    if named:
        one = class_slots(named[-1] if cues.corrects(turn.text) else named[0])
        slots.update(_given_up(one) if _asks_given_up(state) else one)
    return slots


def _asks_given_up(state: DialogueState) -> bool:
    """Whether the open question is which class of a swap is to be given up."""
    goal = state.goal
    swapping = goal is not None and goal.kind is GoalKind.SWAP and goal.get("drop_code") is None
    return swapping and (_asks_class(state) or _topic(state) == GIVEN_UP)


def _topic(state: DialogueState) -> str:
    return state.question.topic if state.question is not None else ""


def _given_up(slots: dict[str, Filled]) -> dict[str, Filled]:
    return {f"drop_{name}": filled for name, filled in slots.items()}


def _asks_class(state: DialogueState) -> bool:
    return state.question is not None and state.question.ask is Ask.CLASS


def class_slots(mentioned: Mentioned) -> dict[str, Filled]:
    """The slots of one course: a code, or a title that `resolving` turns into one."""
    if mentioned.code and not codes.is_bare(mentioned.code):
        return {"code": Filled(mentioned.code, confidence=mentioned.confidence)}
    said = mentioned.title or mentioned.code
    return {"title": Filled(said, confidence=mentioned.confidence)}


def amended(goal: Goal, slots: dict[str, Filled]) -> Goal:
    """The goal with new values; a new class or term makes an earlier section choice void.

    A year that was only guessed ("next fall") goes with its quarter.
    """
    merged: dict[str, Any] = dict(slots)
    if "code" in slots or "title" in slots:
        merged = {**dict.fromkeys(_OF_CLASS), **merged}
    if "quarter" in slots or "year" in slots:
        merged["class_id"] = None
    year = goal.slots.get("year")
    if "quarter" in slots and year is not None and year.guessed:
        merged = {"year": None, **merged}
    result = goal.having(**merged)
    return replace(result, slots=with_academic_year(result.slots))


def _guess_untagged(
    state: DialogueState, question: Question, turn: Turn, clock: Clock
) -> dict[str, Filled]:
    """A short answer the tagger left blank, read as what was asked for."""
    prefix = "drop_" if _asks_given_up(state) else ""
    words = turn.text.split()
    if question.ask is Ask.QUARTER and len(words) <= _SHORT and terms.quarter(turn.text):
        return term_slots(_tagged(turn, "quarter"), clock)
    if question.ask is Ask.YEAR and len(words) <= _SHORT:
        return year_slots(turn.text, None, clock)
    described = turn.has(*DESCRIBING)
    if question.ask is Ask.CLASS and turn.intent in ("answer", "other", "enroll") and not described:
        if hesitates(turn.text):
            return {}
        found = codes.codes(turn.text) if len(words) <= _SHORT else ()
        if found and not codes.is_bare(found[0]):
            return {f"{prefix}code": Filled(found[0])}
        named = cues.without_wish(turn.text)
        if 0 < len(words) <= _MAX_TITLE_WORDS and cues.content_words(named):
            return {f"{prefix}title": Filled(named)}
    return {}


def _tagged(turn: Turn, slot: str) -> Turn:
    return replace(turn, mentions=(Mention(slot, turn.text, 0),))
