"""What stands against an enrollment, and what the student can do about it: asked, or told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from actions import asking
from actions.choosing import offer_linked, offer_others, other_sections
from actions.context import Exchange
from actions.refusing import refuse
from bot.dialogue.state import Filled, Goal, GoalKind
from knowledge.clients.values import CourseView, SectionView
from knowledge.errors import (
    AlreadyEnrolled,
    ConsentRequired,
    LinkedSectionNeeded,
    PrerequisiteMissing,
    QuadError,
    SeatsReserved,
    SectionCancelled,
    SectionFull,
    TimeConflict,
    UnitLimitExceeded,
    WindowClosed,
)

_OF_SECTION = (TimeConflict, SectionFull, SeatsReserved, SectionCancelled)
_OF_TERM = (*_OF_SECTION, WindowClosed)
Met = Callable[[Exchange, Goal, CourseView, SectionView, QuadError], Awaitable[bool]]


async def meet(
    exchange: Exchange, goal: Goal, course: CourseView, section: SectionView, error: QuadError
) -> None:
    """Ask what would help against this refusal; else say it and name what else there is."""
    for met in (_waitlist, _linked, _petition, _move):
        if await met(exchange, goal, course, section, error):
            return
    others = isinstance(error, _OF_SECTION) and bool(other_sections(course, section))
    refuse(exchange, error, course.code, course, asked=others)
    if isinstance(error, _OF_SECTION) and offer_others(exchange, course, section):
        return
    if isinstance(error, (ConsentRequired, PrerequisiteMissing)):
        waiting = goal.having(wants_permission=Filled(True))
        exchange.state = exchange.state.with_goal(waiting)
        exchange.say("utter_permission_helps", course=course.code)
    exchange.state = exchange.state.given_up()
    if isinstance(error, _OF_TERM):
        await _other_quarters(exchange, course, section)


async def _waitlist(
    exchange: Exchange, goal: Goal, course: CourseView, section: SectionView, error: QuadError
) -> bool:
    if not isinstance(error, (SectionFull, SeatsReserved)) or not error.waitlist_open:
        return False
    chosen = goal.having(class_id=Filled(section.class_id))
    exchange.state = exchange.state.with_goal(chosen)
    if isinstance(error, SeatsReserved):
        refuse(exchange, error, course.code, course, asked=True)
    facts = {"course": asking.label(goal), "waiting": error.waitlist_length}
    asking.offer(exchange, "waitlist", **facts)
    return True


async def _linked(
    exchange: Exchange, goal: Goal, course: CourseView, section: SectionView, error: QuadError
) -> bool:
    """A discussion or lab must be chosen, or the chosen one is full."""
    if isinstance(error, LinkedSectionNeeded):
        return offer_linked(exchange, goal, course, section, set(error.choices))
    if isinstance(error, SectionFull) and error.class_id != section.class_id:
        roomy = {s.class_id for s in course.sections if s.seats_left and not s.cancelled}
        return offer_linked(exchange, goal, course, section, roomy)
    return False


async def _petition(
    exchange: Exchange, goal: Goal, course: CourseView, section: SectionView, error: QuadError
) -> bool:
    if not isinstance(error, UnitLimitExceeded) or not error.petition_up_to:
        return False
    refuse(exchange, error, course.code, course, asked=True)
    chosen = goal.having(class_id=Filled(section.class_id))
    exchange.state = exchange.state.with_goal(chosen)
    asking.offer(exchange, "petition", units=error.current + error.units)
    return True


async def _move(
    exchange: Exchange, goal: Goal, course: CourseView, section: SectionView, error: QuadError
) -> bool:
    """Already in it in another quarter: it can be moved, after a yes."""
    here = (section.quarter, section.year)
    if not isinstance(error, AlreadyEnrolled) or (error.quarter, error.year) == here:
        return False
    if goal.kind is not GoalKind.ENROLL:
        return False
    refuse(exchange, error, course.code, course, asked=True)
    moving = {
        "drop_code": Filled(course.code),
        "drop_class_id": Filled(error.class_id, guessed=True),
        "moves": Filled(True),
    }
    swap = replace(goal.having(**moving), kind=GoalKind.SWAP, key=f"{goal.key}/move")
    exchange.state = exchange.state.with_goal(swap)
    asking.offer(exchange, "move", course=course.code, quarter=here[0], year=here[1])
    return True


async def _other_quarters(exchange: Exchange, course: CourseView, section: SectionView) -> None:
    others = [
        str(term)
        for term in await asking.not_over(exchange, course)
        if (term.quarter.value, term.year) != (section.quarter, section.year)
    ]
    if others:
        exchange.say("utter_also_offered", course=course.code, offered=", ".join(others))
