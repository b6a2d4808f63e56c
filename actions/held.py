"""The classes a student has, to choose from or to point at: "drop the other one"."""

from __future__ import annotations

from actions.before import enrolled_before
from bot.dialogue.state import DialogueState, Filled, GoalKind, Option
from bot.dialogue.wishing import OTHER_THAN
from knowledge.clients.axess import AxessClient
from knowledge.clients.values import EnrollmentView


async def other_one(state: DialogueState, axess: AxessClient, suid: str | None) -> DialogueState:
    """The state with the one class that is held beside the one just dropped or talked about; with
    several of them, or none, the wish is left without a class, which is then asked for.
    """
    goal = state.goal
    if goal is None or goal.kind is not GoalKind.DROP or suid is None:
        return state
    but = goal.slots.get(OTHER_THAN)
    if but is None:
        return state
    others = [
        each
        for each in await enrolled_before(axess, suid, goal.key)
        if each.code != but.value
        and goal.get("quarter") in (None, each.quarter)
        and goal.get("year") in (None, each.year)
    ]
    free = goal.having(**{OTHER_THAN: None})
    if len(others) != 1:
        return state.with_goal(free)
    one = others[0]
    return state.with_goal(
        free.having(
            code=Filled(one.code, state.turn, guessed=but.guessed),
            name=Filled(one.title),
            class_id=Filled(one.class_id),
        )
    )


def enrollment_options(
    items: list[EnrollmentView], slot: str = "class_id", code: str = ""
) -> tuple[Option, ...]:
    """The student's classes to choose from; `code`: the slot for the code, where it is unknown."""
    return tuple(
        Option(
            f"{item.code}, {item.quarter} {item.year}",
            {slot: item.class_id, **({code: item.code} if code else {})},
        )
        for item in items
    )
