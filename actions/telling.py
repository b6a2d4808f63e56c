"""What follows a change of the record: it is remembered for undoing, and told."""

from __future__ import annotations

from dataclasses import replace

from actions.context import Exchange
from bot.dialogue.state import DialogueState, Effect, GoalKind, Mentioned
from knowledge.clients.values import EnrollmentView
from knowledge.errors import ServiceMisbehaved, ServiceUnavailable

DOWN = (ServiceUnavailable, ServiceMisbehaved)
_UNDOABLE = (
    "utter_enrolled", "utter_waitlisted", "utter_dropped", "utter_swapped", "utter_moved",
    "utter_lab_changed",
)  # fmt: skip


def effect_of(kind: GoalKind, done: EnrollmentView, exchange: Exchange) -> Effect:
    """What was just done, as undoing it needs to know it."""
    effect = Effect(kind, done.code, done.class_id, exchange.state.turn, done.quarter, done.year)
    return replace(effect, linked_class_id=done.linked_class_id)


def after(exchange: Exchange, effect: Effect | None, done: EnrollmentView) -> DialogueState:
    """The goal is reached: it can be undone, and "it" now means this class."""
    focus = Mentioned(done.code, done.title, done.class_id, done.quarter, done.year)
    state = exchange.state.without_goal()
    return replace(state, effect=effect, focus=focus, about="")


def tell(exchange: Exchange, response: str, done: EnrollmentView, **more: str) -> None:
    """Say what was done, with a button to take it back where that is possible."""
    facts = {
        "course": f"{done.code} {done.title}",
        "quarter": done.quarter,
        "year": done.year,
        "units": exchange.units(done.units),
        "section": done.section,
        "times": exchange.times("; ".join(done.meetings), done.quarter, done.year),
        "position": done.position,
    }
    buttons = ["undo"] if response in _UNDOABLE else []
    exchange.say(response, buttons, **{**facts, **more})
