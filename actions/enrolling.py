"""Acts on the record: enroll and drop. Each ends its goal, or leaves a question open."""

from __future__ import annotations

from typing import Any

from actions import asking
from actions.before import held_before
from actions.choosing import section_of
from actions.context import Exchange
from actions.held import enrollment_options
from actions.refusing import refuse
from actions.remedies import meet
from actions.telling import DOWN, after, effect_of, tell
from bot.dialogue.state import (
    Filled,
    Goal,
    GoalKind,
)
from knowledge.clients.values import EnrollmentView
from knowledge.errors import (
    NotEnrolled,
    QuadError,
    WithdrawalOnly,
)

# Slots of a wish that few have, by Axess's names for them.
_EXTRAS = {
    "linked_class_id": "linked_class_id",
    "permission": "permission_number",
    "petition": "petition",
}


async def enroll(exchange: Exchange) -> None:
    """Find the section, then enroll in it; ask when there are several."""
    goal = current(exchange)
    found = await section_of(exchange, goal)
    if found is None:
        return
    course, section = found
    try:
        done = await exchange.services.axess.enroll(
            exchange.suid,
            section.class_id,
            key_of(goal, section.class_id),
            goal.get("units"),
            goal.get("grading"),
            bool(goal.get("accept_waitlist")),
            **extras(goal),
        )
    except DOWN:
        raise
    except QuadError as error:
        await meet(exchange, goal, course, section, error)
        return
    effect = effect_of(GoalKind.ENROLL, done, exchange)
    exchange.state = after(exchange, effect, done)
    tell(exchange, "utter_enrolled" if done.status == "enrolled" else "utter_waitlisted", done)


async def drop(exchange: Exchange) -> None:
    """Drop the class that fits among the student's own; ask when several do."""
    goal = current(exchange)
    enrolled = await held_before(exchange, goal)
    fitting = matching(goal, enrolled)
    if not fitting:
        _not_in(exchange, goal, enrolled)
        return
    if len(fitting) > 1:
        asking.choose(exchange, "utter_which_enrollment", enrollment_options(fitting))
        return
    held = fitting[0]
    try:
        done = await exchange.services.axess.drop(
            exchange.suid, held.class_id, key_of(goal, held.class_id), bool(goal.get("withdraw"))
        )
    except DOWN:
        raise
    except WithdrawalOnly as error:
        exchange.state = exchange.state.with_goal(goal.having(class_id=Filled(held.class_id)))
        asking.offer(exchange, "withdraw", **{**error.data(), "code": held.code})
        return
    except QuadError as error:
        exchange.state = exchange.state.without_goal()
        refuse(exchange, error, held.code)
        return
    effect = None if done.withdrawn else effect_of(GoalKind.DROP, done, exchange)
    exchange.state = after(exchange, effect, done)
    tell(exchange, "utter_withdrawn" if done.withdrawn else "utter_dropped", done)


def current(exchange: Exchange) -> Goal:
    """The goal that is being acted on."""
    goal = exchange.state.goal
    if goal is None:  # the mask lets no act through without one
        raise LookupError("no goal")
    return goal


def key_of(goal: Goal, class_id: int) -> str:
    """The same for every try of the same wish, another for any other: safe to repeat."""
    wish = (goal.get("units"), goal.get("grading"), bool(goal.get("accept_waitlist")))
    more = tuple(goal.get(slot) for slot in (*_EXTRAS, "withdraw") if goal.get(slot) is not None)
    wish = (*wish, *more)
    return f"{goal.key}:{class_id}:{'/'.join(map(str, wish))}"


def extras(goal: Goal) -> dict[str, Any]:
    """The parts of a wish that few have: by Axess's names."""
    given = {name: goal.get(slot) for slot, name in _EXTRAS.items()}
    return {name: value for name, value in given.items() if value is not None}


def matching(
    goal: Goal, enrolled: list[EnrollmentView], slot: str = "code", chosen: str = "class_id"
) -> list[EnrollmentView]:
    """The student's classes that a goal's slots may mean."""
    if (class_id := goal.get(chosen)) is not None:
        return [item for item in enrolled if item.class_id == class_id]
    return [
        item
        for item in enrolled
        if item.code == goal.get(slot) and (goal.get("moves") or _in_term(goal, item))
    ]


def _in_term(goal: Goal, item: EnrollmentView) -> bool:
    """In the term that was named; what moves to that term is in another one still."""
    return goal.get("quarter") in (None, item.quarter) and goal.get("year") in (None, item.year)


def _not_in(exchange: Exchange, goal: Goal, enrolled: list[EnrollmentView]) -> None:
    exchange.state = exchange.state.without_goal()
    refuse(exchange, NotEnrolled(0, str(goal.get("code"))), str(goal.get("code")))
    if enrolled:
        listed = ", ".join(f"{item.code} ({item.quarter} {item.year})" for item in enrolled)
        exchange.say("utter_you_are_in", classes=listed)
