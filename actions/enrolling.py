"""Acts on the record: enroll, drop, swap, undo. Each ends its goal, or leaves a question open."""

from __future__ import annotations

from dataclasses import replace

from actions import asking
from actions.choosing import offer_others, section_of
from actions.context import Exchange
from actions.refusing import refuse
from bot.dialogue.state import (
    DialogueState,
    Effect,
    Filled,
    Goal,
    GoalKind,
    Mentioned,
    Option,
)
from knowledge.clients.values import CourseView, EnrollmentView, SectionView
from knowledge.errors import (
    NotEnrolled,
    QuadError,
    SectionFull,
    ServiceMisbehaved,
    ServiceUnavailable,
    TimeConflict,
)

_DOWN = (ServiceUnavailable, ServiceMisbehaved)
_UNDOABLE = ("utter_enrolled", "utter_waitlisted", "utter_dropped", "utter_swapped")


async def enroll(exchange: Exchange) -> None:
    """Find the section, then enroll in it; ask when there are several."""
    goal = _current(exchange)
    found = await section_of(exchange, goal)
    if found is None:
        return
    course, section = found
    try:
        done = await exchange.services.axess.enroll(
            exchange.suid,
            section.class_id,
            _key(goal, section.class_id),
            goal.get("units"),
            goal.get("grading"),
            bool(goal.get("accept_waitlist")),
        )
    except _DOWN:
        raise
    except QuadError as error:
        await _refused(exchange, goal, course, section, error)
        return
    effect = _effect(GoalKind.ENROLL, done, exchange)
    exchange.state = _after(exchange, effect, done)
    _tell(exchange, "utter_enrolled" if done.status == "enrolled" else "utter_waitlisted", done)


async def drop(exchange: Exchange) -> None:
    """Drop the class that fits among the student's own; ask when several do."""
    goal = _current(exchange)
    enrolled = await exchange.services.axess.enrollments(exchange.suid)
    matching = _matching(goal, enrolled)
    if not matching:
        _not_in(exchange, goal, enrolled)
        return
    if len(matching) > 1:
        asking.choose(exchange, "utter_which_enrollment", _enrollment_options(matching))
        return
    held = matching[0]
    try:
        done = await exchange.services.axess.drop(
            exchange.suid, held.class_id, _key(goal, held.class_id)
        )
    except _DOWN:
        raise
    except QuadError as error:
        exchange.state = exchange.state.without_goal()
        refuse(exchange, error, held.code)
        return
    exchange.state = _after(exchange, _effect(GoalKind.DROP, done, exchange), done)
    _tell(exchange, "utter_dropped", done)


async def swap(exchange: Exchange) -> None:
    """Exchange one class for another of the same term, as one act at Axess."""
    goal = _current(exchange)
    enrolled = await exchange.services.axess.enrollments(exchange.suid)
    goal = _right_way_round(goal, enrolled)
    held = _matching(goal, enrolled, "drop_code", "drop_class_id")
    if not held:
        _not_in(exchange, goal, enrolled, "drop_code")
        return
    if len(held) > 1:
        asking.choose(
            exchange, "utter_which_enrollment", _enrollment_options(held, "drop_class_id")
        )
        return
    term = {"quarter": Filled(held[0].quarter), "year": Filled(held[0].year)}
    goal = goal.having(**term)
    exchange.state = exchange.state.with_goal(goal)
    found = await section_of(exchange, goal)
    if found is None:
        return
    course, section = found
    try:
        done = await exchange.services.axess.swap(
            exchange.suid,
            held[0].class_id,
            section.class_id,
            _key(goal, section.class_id),
            goal.get("units"),
            goal.get("grading"),
            bool(goal.get("accept_waitlist")),
        )
    except _DOWN:
        raise
    except QuadError as error:
        await _refused(exchange, goal, course, section, error)
        return
    effect = _effect(GoalKind.SWAP, done, exchange)
    exchange.state = _after(exchange, replace(effect, other_class_id=held[0].class_id), done)
    _tell(exchange, "utter_swapped", done, dropped=held[0].code)


async def undo(exchange: Exchange) -> None:
    """Reverse the last act on the record."""
    effect = exchange.state.effect
    if effect is None:
        exchange.say("utter_nothing_to_cancel")
        return
    axess, key = (
        exchange.services.axess,
        f"undo:{effect.turn}:{effect.class_id}:{exchange.tracker.sender_id}",
    )
    try:
        if effect.kind is GoalKind.ENROLL:
            done = await axess.drop(exchange.suid, effect.class_id, key)
        elif effect.kind is GoalKind.DROP:
            done = await axess.enroll(exchange.suid, effect.class_id, key)
        else:
            back = effect.other_class_id or effect.class_id
            done = await axess.swap(exchange.suid, effect.class_id, back, key)
    except _DOWN:
        raise
    except QuadError as error:
        exchange.state = replace(exchange.state, effect=None, question=None)
        refuse(exchange, error, effect.code)
        return
    exchange.state = replace(exchange.state, effect=None, question=None)
    _tell(exchange, f"utter_undone_{effect.kind.value}", done)


def _current(exchange: Exchange) -> Goal:
    goal = exchange.state.goal
    if goal is None:  # the mask lets no act through without one
        raise LookupError("no goal")
    return goal


def _key(goal: Goal, class_id: int) -> str:
    """The same for every try of the same wish, another for any other: safe to repeat."""
    wish = (goal.get("units"), goal.get("grading"), bool(goal.get("accept_waitlist")))
    return f"{goal.key}:{class_id}:{'/'.join(map(str, wish))}"


def _effect(kind: GoalKind, done: EnrollmentView, exchange: Exchange) -> Effect:
    return Effect(kind, done.code, done.class_id, exchange.state.turn, done.quarter, done.year)


def _after(exchange: Exchange, effect: Effect, done: EnrollmentView) -> DialogueState:
    """The goal is reached: it can be undone, and "it" now means this class."""
    focus = Mentioned(done.code, done.title, done.class_id, done.quarter, done.year)
    state = exchange.state.without_goal()
    return replace(state, effect=effect, focus=focus, about="")


def _tell(exchange: Exchange, response: str, done: EnrollmentView, **more: str) -> None:
    facts = {
        "course": f"{done.code} {done.title}",
        "quarter": done.quarter,
        "year": done.year,
        "units": exchange.part("utter_part_units", units=done.units),
        "section": done.section,
        "times": "; ".join(done.meetings),
        "position": done.position,
    }
    buttons = ["undo"] if response in _UNDOABLE else []
    exchange.say(response, buttons, **{**facts, **more})


async def _refused(
    exchange: Exchange, goal: Goal, course: CourseView, section: SectionView, error: QuadError
) -> None:
    if isinstance(error, SectionFull) and error.waitlist_open:
        chosen = goal.having(class_id=Filled(section.class_id))
        exchange.state = exchange.state.with_goal(chosen)
        asking.offer_waitlist(exchange, course=asking.label(goal), waiting=error.waitlist_length)
        return
    refuse(exchange, error, course.code, course)
    if isinstance(error, (TimeConflict, SectionFull)) and offer_others(exchange, course, section):
        return
    exchange.state = exchange.state.given_up()


def _matching(
    goal: Goal, enrolled: list[EnrollmentView], slot: str = "code", chosen: str = "class_id"
) -> list[EnrollmentView]:
    if (class_id := goal.get(chosen)) is not None:
        return [item for item in enrolled if item.class_id == class_id]
    return [
        item
        for item in enrolled
        if item.code == goal.get(slot)
        and goal.get("quarter") in (None, item.quarter)
        and goal.get("year") in (None, item.year)
    ]


def _enrollment_options(items: list[EnrollmentView], slot: str = "class_id") -> tuple[Option, ...]:
    return tuple(
        Option(f"{item.code}, {item.quarter} {item.year}", {slot: item.class_id}) for item in items
    )


def _not_in(
    exchange: Exchange, goal: Goal, enrolled: list[EnrollmentView], slot: str = "code"
) -> None:
    exchange.state = exchange.state.without_goal()
    refuse(exchange, NotEnrolled(0, str(goal.get(slot))), str(goal.get(slot)))
    if enrolled:
        listed = ", ".join(f"{item.code} ({item.quarter} {item.year})" for item in enrolled)
        exchange.say("utter_you_are_in", classes=listed)


def _right_way_round(goal: Goal, enrolled: list[EnrollmentView]) -> Goal:
    """Only a class the student is in can be given up: turn the two when they were taken wrongly."""
    held = {item.code for item in enrolled}
    given_up, wanted = goal.get("drop_code"), goal.get("code")
    if given_up in held or wanted not in held:
        return goal
    turned = {"drop_code": goal.slots["code"], "code": goal.slots["drop_code"]}
    names = {"drop_name": goal.slots.get("name"), "name": goal.slots.get("drop_name")}
    return goal.having(**turned, **names)
