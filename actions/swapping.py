"""Swaps: one class for another as one act at Axess, so that no seat is lost in between."""

from __future__ import annotations

from dataclasses import replace

from actions import asking
from actions.before import held_before
from actions.choosing import section_of
from actions.context import Exchange
from actions.enrolling import current, extras, key_of, matching
from actions.held import enrollment_options
from actions.labs import change_lab
from actions.refusing import refuse
from actions.remedies import meet
from actions.telling import DOWN, after, effect_of, tell
from bot.dialogue.answering import GIVEN_UP
from bot.dialogue.filling import same_academic_year
from bot.dialogue.labs import LAB
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from knowledge.clients.values import EnrollmentView
from knowledge.errors import NotEnrolled, QuadError

_GIVEN_UP = ("drop_code", "drop_name", "drop_class_id", "drop_spoken")


async def swap(exchange: Exchange) -> None:
    """Exchange one class for another of the same term, as one act at Axess."""
    if current(exchange).get(LAB):
        await change_lab(exchange)
        return
    held = await _given_up(exchange)
    if held is None:
        return
    goal = current(exchange)
    found = await section_of(exchange, goal)
    if found is None:
        return
    course, section = found
    try:
        done = await exchange.services.axess.swap(
            exchange.suid,
            held.class_id,
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
    effect = effect_of(GoalKind.SWAP, done, exchange)
    exchange.state = after(exchange, replace(effect, other_class_id=held.class_id), done)
    before = {"dropped": held.code, "old": f"{held.quarter} {held.year}"}
    tell(exchange, "utter_moved" if goal.get("moves") else "utter_swapped", done, **before)


async def _given_up(exchange: Exchange) -> EnrollmentView | None:
    """The class a swap gives up; the goal takes its term. None after having said or asked."""
    enrolled = await held_before(exchange, current(exchange))
    goal = _right_way_round(current(exchange), enrolled)
    exchange.state = exchange.state.with_goal(goal)
    if goal.guesses:
        return None  # turned round by guessing: to be confirmed first
    held = matching(goal, enrolled, "drop_code", "drop_class_id")
    elsewhen = [] if held else [item for item in enrolled if item.code == goal.get("drop_code")]
    if not held and not elsewhen:
        _not_in(exchange, goal, enrolled)
        return None
    if len(held or elsewhen) > 1:
        options = enrollment_options(held or elsewhen, "drop_class_id")
        asking.choose(exchange, "utter_which_enrollment", options)
        return None
    one = (held or elsewhen)[0]
    if not _same_term(goal, one):
        exchange.state = _one_by_one(exchange, goal, one)
        return None
    if goal.get("code") == one.code and _elsewhen(goal, one):
        goal = goal.having(moves=Filled(True))
    if not goal.get("moves"):
        goal = goal.having(quarter=Filled(one.quarter), year=Filled(one.year))
    elif goal.get("year") is None:  # moved within its academic year, in which Autumn comes first
        same = same_academic_year(one.quarter, one.year, goal.get("quarter"))
        goal = goal.having(year=Filled(same))
    exchange.state = exchange.state.with_goal(goal)
    return one


def _elsewhen(goal: Goal, held: EnrollmentView) -> bool:
    """Whether the class was asked for in another quarter than it is held in."""
    term = (goal.get("quarter"), goal.get("year") or held.year)
    return term[0] is not None and term != (held.quarter, held.year)


def _same_term(goal: Goal, held: EnrollmentView) -> bool:
    """Whether both classes lie in one term, as far as it was said, or it is one class moved."""
    said = goal.get("quarter") in (None, held.quarter) and goal.get("year") in (None, held.year)
    return said or bool(goal.get("moves")) or goal.get("code") == held.code


def _one_by_one(exchange: Exchange, goal: Goal, held: EnrollmentView) -> DialogueState:
    """Axess swaps within a term alone: first the new seat, and only then the old one goes."""
    wanted = goal.having(**dict.fromkeys(_GIVEN_UP))
    wanted = replace(wanted, kind=GoalKind.ENROLL, key=f"{goal.key}/enroll")
    given_up = Goal(
        GoalKind.DROP,
        f"{goal.key}/drop",
        {
            "code": Filled(held.code, exchange.state.turn),
            "name": Filled(held.title),
            "class_id": Filled(held.class_id),
            "after": Filled(wanted.key),
        },
    )
    state = exchange.state
    return replace(state, goals=(wanted, given_up, *state.goals[1:]), question=None)


def _not_in(exchange: Exchange, goal: Goal, enrolled: list[EnrollmentView]) -> None:
    """Only a class one is in can be given up: ask which, when there is one."""
    said = str(goal.get("drop_code"))
    refuse(exchange, NotEnrolled(0, said), said)
    others = [item for item in enrolled if item.code != goal.get("code")]
    if not others:
        exchange.state = exchange.state.without_goal()
        return
    freed = goal.having(**dict.fromkeys(_GIVEN_UP))
    exchange.state = replace(exchange.state.with_goal(freed), question=None)
    asking.choose(
        exchange,
        GIVEN_UP,
        enrollment_options(others, "drop_class_id", "drop_code"),
        course=asking.label(freed),
    )


def _right_way_round(goal: Goal, enrolled: list[EnrollmentView]) -> Goal:
    """Turn the two classes when only the wanted one is held: to be confirmed where the other was
    but pointed at.
    """
    held = {item.code for item in enrolled}
    given_up, wanted = goal.slots.get("drop_code"), goal.slots.get("code")
    if given_up is None or wanted is None or given_up.value in held or wanted.value not in held:
        return goal
    unsure = bool(goal.get("drop_spoken"))
    turned = {
        "drop_code": replace(wanted, guessed=wanted.guessed or unsure),
        "code": replace(given_up, guessed=given_up.guessed or unsure),
    }
    names = {"drop_name": goal.slots.get("name"), "name": goal.slots.get("drop_name")}
    return goal.having(**turned, **names, drop_spoken=None)
