"""Another lab or discussion of a lecture: one swap of the lecture with itself, at Axess."""

from __future__ import annotations

from dataclasses import replace

from actions import asking
from actions.before import held_before
from actions.choosing import offer_linked
from actions.context import Exchange
from actions.enrolling import current, key_of, matching
from actions.refusing import refuse
from actions.sections import fitting
from actions.telling import DOWN, after, effect_of, tell
from bot.dialogue.labs import LAB
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from knowledge.clients.axess import AxessClient
from knowledge.clients.values import CourseView, EnrollmentView, SectionView
from knowledge.errors import QuadError, SectionFull

_NONE = ""  # the code of a lecture that there is not: the record has no lab
_PREFERRED = ("day", "time", "instructor", "section")


async def lectures_with_labs(
    state: DialogueState, axess: AxessClient, suid: str | None
) -> DialogueState:
    """The state with the lecture of a lab that is to change, where only one can be meant."""
    goal = state.goal
    if goal is None or not goal.get(LAB) or suid is None or goal.get("candidates"):
        return state
    if (known := goal.slots.get("code")) is not None:
        return state.with_goal(goal.having(drop_code=known))
    held = [each for each in await axess.enrollments(suid) if each.linked_class_id is not None]
    if len(held) > 1:
        listed = Filled([{"code": each.code, "title": each.title} for each in held])
        return state.with_goal(goal.having(candidates=listed, said=Filled(LAB)))
    one = Filled(held[0].code if held else _NONE, state.turn)
    name = Filled(held[0].title) if held else None
    return state.with_goal(goal.having(code=one, drop_code=one, name=name))


async def change_lab(exchange: Exchange) -> None:
    """Take the lab that fits, or ask which; the lecture stays."""
    goal = current(exchange)
    enrolled = await held_before(exchange, goal)
    held = [each for each in matching(goal, enrolled) if each.linked_class_id is not None]
    if not held:
        exchange.state = exchange.state.without_goal()
        named = asking.label(goal)
        exchange.say("utter_no_lab" if named else "utter_no_labs", course=named)
        return
    course = await exchange.services.catalogue.course(held[0].code)
    others = [
        section
        for section in course.sections
        if section.parent == held[0].class_id and section.class_id != held[0].linked_class_id
    ]
    chosen = _chosen(exchange, goal, others)
    if chosen is None:
        _offer(exchange, goal, course, held[0], others)
        return
    await _take(exchange, goal, course, held[0], chosen)


def _chosen(exchange: Exchange, goal: Goal, others: list[SectionView]) -> SectionView | None:
    """The lab that was picked, or the only one with the wished day, hour or teacher."""
    picked = goal.get("linked_class_id")
    if picked is not None:
        return next((section for section in others if section.class_id == picked), None)
    wished = any(goal.get(slot) is not None for slot in _PREFERRED)
    fit = fitting(others, goal) if wished else []
    if wished and not fit:
        exchange.say("utter_no_section_fits", course=asking.label(goal))
    return fit[0] if len(fit) == 1 else None


def _offer(
    exchange: Exchange,
    goal: Goal,
    course: CourseView,
    held: EnrollmentView,
    others: list[SectionView],
) -> None:
    lecture = next(each for each in course.sections if each.class_id == held.class_id)
    ids = {section.class_id for section in others}
    if not offer_linked(exchange, goal, course, lecture, ids):
        exchange.state = exchange.state.without_goal()
        exchange.say("utter_no_other_lab", course=asking.label(goal))


async def _take(
    exchange: Exchange, goal: Goal, course: CourseView, held: EnrollmentView, lab: SectionView
) -> None:
    wish = goal.having(linked_class_id=Filled(lab.class_id))
    class_id, key = held.class_id, key_of(wish, held.class_id)
    linked = {"linked_class_id": lab.class_id}
    try:
        done = await exchange.services.axess.swap(
            exchange.suid, class_id, class_id, key, held.units, held.grading, False, **linked
        )
    except DOWN:
        raise
    except SectionFull as error:
        refuse(exchange, error, course.code, course)
        roomy = [each for each in course.sections if each.seats_left and not each.cancelled]
        rest = [each for each in roomy if each.class_id not in (lab.class_id, held.linked_class_id)]
        _offer(exchange, goal, course, held, rest)
        return
    except QuadError as error:
        exchange.state = exchange.state.without_goal()
        refuse(exchange, error, course.code, course)
        return
    effect = replace(
        effect_of(GoalKind.SWAP, done, exchange),
        other_class_id=class_id,
        linked_class_id=held.linked_class_id,
    )
    exchange.state = after(exchange, effect, done)
    tell(exchange, "utter_lab_changed", done, lab=f"{lab.section}, {lab.times}")
