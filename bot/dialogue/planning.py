"""Turns about plans: a new one, a change to the last, "why not?", enrolling in what was planned.

A plan's wishes are kept as the parameters that Axess's planner takes; the last plan stays in the
state with what it said, so that "lighter", "without Fridays" and "enroll me in it" have a meaning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import plan_cues, pointing
from bot.dialogue.acts import Act
from bot.dialogue.filling import Clock, class_mentions, referred
from bot.dialogue.plan_wishes import changed, terms_of
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from bot.dialogue.turn import Turn

TOPIC = "plan"  # of the question whether all of a plan's classes shall be enrolled in
_RECENT = 3
_SEARCHING = ("subject", "topic", "level", "instructor", "requirement", "attribute", "skill")
_CHANGING = ("enroll", "drop", "swap")


def planning(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """The state with the act that answers a turn about plans; None when it is about else."""
    if _denies_plan(state, turn):
        return replace(state, goals=(), question=None, act=Act.CANCELLED)
    if (goals := _enrolling(state, turn)) is not None:
        return replace(state, goals=(*goals, *state.goals), question=None, strikes=0)
    if plan_cues.asks_why_not(turn.text):
        return _why_not(state, turn, clock)
    if _asks_plan(state, turn):
        fresh = {"terms": 2, **terms_of(turn.text, clock)}
        return _plan(state, turn, changed(fresh, turn))
    if _amends(state, turn):
        before = dict(state.plan["wishes"])
        return _plan(state, turn, changed({**before, **terms_of(turn.text, clock)}, turn))
    if turn.intent not in _CHANGING and plan_cues.asks_timetable(turn.text):
        return _act(state, turn, Act.TIMETABLE, {})
    return None


def _act(state: DialogueState, turn: Turn, act: Act, args: dict[str, Any]) -> DialogueState:
    """Answered in between; who has no record is asked to sign in."""
    act = act if turn.suid is not None else Act.SIGN_IN
    return replace(state, act=act, args=args, digressed=state.question is not None)


def _plan(state: DialogueState, turn: Turn, wishes: dict[str, Any]) -> DialogueState:
    return replace(_act(state, turn, Act.PLAN, {"wishes": wishes}), about=TOPIC)


def _asks_plan(state: DialogueState, turn: Turn) -> bool:
    """Whether a plan is asked for, and not a class whose matter is planning, or what is next to it.

    What a class needs, or what to take after one, is about that class.
    """
    text = turn.text
    of_matter = any("plan" in m.text.lower() for m in turn.mentions if m.slot in ("topic", "title"))
    if of_matter or (turn.has("code", "title") and not plan_cues.names_plan(text)):
        return False
    timed = bool(plan_cues.count_of_terms(text) or plan_cues.seasons(text))
    advised = turn.suid is not None and not turn.has(*_SEARCHING) and (timed or not state.focus)
    return plan_cues.asks_plan(text) or (advised and plan_cues.asks_advice(text))


def recent(state: DialogueState) -> bool:
    """Whether the last plan is still what is talked about."""
    return bool(state.plan) and state.turn - int(state.plan["turn"]) <= _RECENT


def _amends(state: DialogueState, turn: Turn) -> bool:
    """Whether a turn changes the last plan."""
    if not recent(state) or state.question is not None or turn.has(*_SEARCHING):
        loads = plan_cues.lighter(turn.text) or plan_cues.heavier(turn.text)
        return loads and recent(state) and state.question is None
    text = turn.text
    if turn.has("code"):
        named = plan_cues.speaks_of_plan(text) or plan_cues.fits_in(text)
        return named or (turn.intent not in (*_CHANGING, "inform") and plan_cues.puts_in(text))
    if turn.intent in _CHANGING:
        return plan_cues.speaks_of_plan(text) and not plan_cues.everything(text)
    spoken = plan_cues.lighter(text) or plan_cues.heavier(text) or plan_cues.starts_later(text)
    told = turn.has("day", "time", "units") or bool(plan_cues.day_words(text))
    return spoken or (told and (turn.is_bare or plan_cues.rules_out(text)))


def _why_not(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """About the course that is named or pointed at; visitors get its prerequisites instead."""
    if turn.suid is None:
        return None
    named = class_mentions(turn, state)
    pointed = named[0] if named else (referred(turn, state) if pointing.refers(turn.text) else None)
    if pointed is None:
        return None
    wishes = dict(state.plan["wishes"]) if recent(state) else {"terms": 2}
    wishes.update(terms_of(turn.text, clock))
    args = {"code": pointed.code, "title": pointed.title, "wishes": wishes}
    focus = pointed if pointed.code else state.focus
    return replace(_act(state, turn, Act.WHY_NOT, args), focus=focus)


def _denies_plan(state: DialogueState, turn: Turn) -> bool:
    asked = state.question is not None and state.question.topic == TOPIC
    return asked and turn.intent in ("deny", "cancel") and not turn.mentions


def _enrolling(state: DialogueState, turn: Turn) -> tuple[Goal, ...] | None:
    """A goal for each class of the planned terms that are named, or of all of them.

    The first carries the whole list as a guess: it is confirmed once, before anything is done.
    """
    wanted = turn.intent == "enroll" and turn.suid is not None and not turn.has("code", "title")
    if not (wanted and recent(state) and plan_cues.everything(turn.text)):
        return None
    named = {season for season, _ in plan_cues.seasons(turn.text)}
    classes = [
        (term, each)
        for term in state.plan["terms"]
        if not named or term["quarter"] in named
        for each in term["classes"]
    ]
    if not classes:
        return None
    goals = tuple(
        _goal(f"{turn.message_id}:{index}", term, each, state.turn)
        for index, (term, each) in enumerate(classes)
    )
    listed = "\n".join(_line(term, each) for term, each in classes)
    return (goals[0].having(plan=Filled(listed, state.turn, guessed=True)), *goals[1:])


def _line(term: dict[str, Any], each: dict[str, Any]) -> str:
    return f"- {each['code']} {each['title']}, {term['quarter']} {term['year']}"


def _goal(key: str, term: dict[str, Any], each: dict[str, Any], turn: int) -> Goal:
    values = {
        "code": each["code"],
        "name": each["title"],
        "class_id": each["class_id"],
        "linked_class_id": each["linked_class_id"],
        "quarter": term["quarter"],
        "year": term["year"],
    }
    said = {n: Filled(value, turn) for n, value in values.items() if value is not None}
    return Goal(GoalKind.ENROLL, key, said)
