"""The same class in another quarter: one swap of the class with itself, so no seat is ever lost."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.amending import class_slots
from bot.dialogue.filling import Clock, class_mentions, same_academic_year, stamped, term_slots
from bot.dialogue.state import DialogueState, Effect, Filled, Goal, GoalKind
from bot.dialogue.turn import Turn

_MOVE = re.compile(
    r"\b(?:move|shift|push|postpone|reschedule|transfer(?:r)?|bump|switch|change)(?:e?d)?\b"
    r".{0,60}\b(?:to|into|until|till|for)\b",
    re.IGNORECASE,
)
_RECENT = 3


def moved(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """ "Move it to spring", "shift CS106A to winter": the state with that goal, or None."""
    if turn.suid is None or not _MOVE.search(turn.text) or not turn.has("quarter", "year"):
        return None
    named, effect = class_mentions(turn, state), _recent(state)
    if len(named) > 1 or (state.goals and not named):
        return None
    if not named:
        return redone(state, turn, clock) if effect is not None else None
    if effect is not None and named[0].code == effect.code:
        return redone(state, turn, clock)
    slots = {**term_slots(turn, clock), **class_slots(named[0]), "moves": Filled(True)}
    given_up = {f"drop_{name}": filled for name, filled in class_slots(named[0]).items()}
    return _with_goal(state, turn, {**slots, **given_up})


def redone(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    """The class that was just enrolled in, for the corrected term."""
    effect = state.effect
    if effect is None:
        return state
    said = term_slots(turn, clock, effect.quarter)
    slots = {"quarter": Filled(effect.quarter), "year": Filled(effect.year), **said}
    if "year" not in said:  # the same academic year, in which Autumn comes before Winter
        same = same_academic_year(effect.quarter, effect.year, slots["quarter"].value)
        slots["year"] = Filled(same)
    slots["code"] = slots["drop_code"] = Filled(effect.code)
    slots["drop_class_id"], slots["moves"] = Filled(effect.class_id), Filled(True)
    return _with_goal(state, turn, slots)


def elsewhen(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """ "Then winter", after a refusal: the same wish for another term; None when it is not that."""
    refused = state.refused
    if refused is None or refused.kind is not GoalKind.ENROLL or not turn.is_bare:
        return None
    said = term_slots(turn, clock, refused.get("quarter"))
    if not said or not all(m.slot in ("quarter", "year") for m in turn.mentions):
        return None
    lost = dict.fromkeys(("quarter", "year", "class_id", "section")) if "quarter" in said else {}
    goal = replace(
        refused.having(**{**lost, **stamped(said, state.turn)}), key=f"{turn.message_id}:0"
    )
    return replace(state, goals=(goal, *state.goals), refused=None)


def _recent(state: DialogueState) -> Effect | None:
    effect = state.effect
    held = effect is not None and effect.kind is not GoalKind.DROP
    return effect if held and effect and state.turn - effect.turn <= _RECENT else None


def _with_goal(state: DialogueState, turn: Turn, slots: dict[str, Filled]) -> DialogueState:
    goal = Goal(GoalKind.SWAP, f"{turn.message_id}:0", stamped(slots, state.turn))
    return replace(state, goals=(goal, *state.goals), question=None)
