"""A wish with other values than before: a new class, another term, and what goes with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import pointing
from bot.dialogue.filling import with_academic_year
from bot.dialogue.state import Filled, Goal, GoalKind, Mentioned
from nlu.normalise import codes

# What belongs to the class named before, and goes when another is named.
OF_CLASS = ("code", "title", "name", "candidates", "said", "unknown", "class_id")
_TERM = ("quarter", "year", "academic_start")


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
        merged = {**dict.fromkeys(OF_CLASS), **merged}
    if "quarter" in slots or "year" in slots:
        merged["class_id"] = None
    year = goal.slots.get("year")
    if "quarter" in slots and year is not None and year.guessed:
        merged = {"year": None, **merged}
    result = goal.having(**merged)
    return replace(result, slots=with_academic_year(result.slots))


def siblings(
    goal: Goal, others: tuple[Goal, ...], said: dict[str, Filled], text: str = ""
) -> tuple[Goal, ...]:
    """ "CS106A and ECON1", "winter": a term that is said holds for all classes of that message,
    and "both in winter" for every enrollment that waits.
    """
    whole = pointing.all_of(text)
    return tuple(
        _with_term(other, said)
        if _together(goal, other) or (whole and other.kind is GoalKind.ENROLL)
        else other
        for other in others
    )


def _together(one: Goal, other: Goal) -> bool:
    """Whether two goals came in one message: their keys begin with its id."""
    return one.key.rpartition(":")[0] == other.key.rpartition(":")[0]


def _with_term(goal: Goal, said: dict[str, Filled]) -> Goal:
    """The goal with those parts of a term that it lacks."""
    if goal.get("class_id") is not None:
        return goal
    return amended(goal, {n: said[n] for n in _TERM if n in said and goal.get(n) is None})
