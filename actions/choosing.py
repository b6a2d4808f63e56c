"""From a goal to the one section it means: offered when, fitting which wishes, or asked about."""

from __future__ import annotations

from actions import asking
from actions.context import Exchange
from actions.sections import fitting
from bot.dialogue.state import Filled, Goal, Option
from knowledge.clients.values import CourseView, SectionView
from knowledge.errors import UnknownCourse

_PREFERRED = ("day", "time", "instructor")


async def section_of(exchange: Exchange, goal: Goal) -> tuple[CourseView, SectionView] | None:
    """The one section the goal means; None after having told or asked what stands in the way."""
    try:
        course = await exchange.services.catalogue.course(goal.get("code"))
    except UnknownCourse:
        exchange.state = exchange.state.given_up()
        exchange.say("utter_unknown_course", said=goal.get("code"))
        return None
    if (class_id := goal.get("class_id")) is not None:
        chosen = [section for section in course.sections if section.class_id == class_id]
        if chosen:
            return course, chosen[0]
        goal = goal.having(class_id=None)  # the section has gone since it was chosen
        exchange.state = exchange.state.with_goal(goal)
        if goal.get("quarter") is None:
            return None
    in_term = [
        section
        for section in course.lectures
        if (section.quarter, section.year) == (goal.get("quarter"), goal.get("year"))
    ]
    if not in_term:
        await _not_offered(exchange, goal, course)
        return None
    fit = fitting(in_term, goal)
    if len(fit) == 1:
        return course, fit[0]
    if not fit:
        exchange.say("utter_no_section_fits", course=asking.label(goal))
    options = tuple(_section_option(section) for section in fit or in_term)
    asking.choose(exchange, "utter_which_section", options, course=asking.label(goal))
    return None


def other_sections(course: CourseView, refused: SectionView) -> list[SectionView]:
    """The course's other sections of that term."""
    term = (refused.quarter, refused.year)
    return [
        section
        for section in course.lectures
        if (section.quarter, section.year) == term and section.class_id != refused.class_id
    ]


def offer_others(exchange: Exchange, course: CourseView, refused: SectionView) -> bool:
    """Ask for another section of the same term; False when there is none."""
    goal, others = exchange.state.goal, other_sections(course, refused)
    if goal is None or not others:
        return False
    freed: dict[str, Filled | None] = dict.fromkeys(("class_id", "section", *_PREFERRED))
    exchange.state = exchange.state.with_goal(goal.having(**freed))
    options = tuple(_section_option(section) for section in others)
    asking.choose(exchange, "utter_other_sections", options, course=asking.label(goal))
    return True


def offer_linked(
    exchange: Exchange, goal: Goal, course: CourseView, lecture: SectionView, choices: set[int]
) -> bool:
    """Ask which discussion or lab goes with the lecture; False when there is none to choose."""
    linked = [
        section
        for section in course.sections
        if section.parent == lecture.class_id and section.class_id in choices
    ]
    if not linked:
        return False
    freed = goal.having(class_id=Filled(lecture.class_id), linked_class_id=None)
    exchange.state = exchange.state.with_goal(freed)
    options = tuple(_linked_option(exchange, section) for section in linked)
    asking.choose(exchange, "utter_which_linked", options, course=asking.label(goal))
    return True


def _linked_option(exchange: Exchange, section: SectionView) -> Option:
    kind = exchange.part(f"utter_part_{section.component.lower()}")
    label = f"{kind} {section.section}, {section.times}, {', '.join(section.instructors)}"
    return Option(label, {"linked_class_id": section.class_id})


def _section_option(section: SectionView) -> Option:
    left = "" if section.seats_left else " (full)"
    teacher = ", ".join(section.instructors)
    label = f"Section {section.section}, {section.times}, {teacher}{left}"
    return Option(label, {"class_id": section.class_id})


async def _not_offered(exchange: Exchange, goal: Goal, course: CourseView) -> None:
    """Say that the class is not taught then (or that the quarter is over) and ask for another."""
    clock = await exchange.services.academic_clock()
    asked = (goal.get("quarter"), goal.get("year"))
    over = any(
        (dates.term.quarter.value, dates.term.year) == asked and dates.is_over(clock.today)
        for dates in clock.calendar.terms
    )
    known = any((d.term.quarter.value, d.term.year) == asked for d in clock.calendar.terms)
    coming = await asking.not_over(exchange, course)
    response = "utter_term_over" if over else "utter_not_offered" if known else "utter_term_unknown"
    facts = {"course": f"{course.code} {course.title}", "quarter": asked[0], "year": asked[1]}
    exchange.say(response, **facts)
    if not coming:
        exchange.state = exchange.state.given_up()
        exchange.say("utter_not_offered_at_all", **facts)
        return
    if not known and any(term.quarter.value == asked[0] for term in coming):  # "winter 2091"
        exchange.state = exchange.state.with_goal(asking.want_again(goal, "year"))
        await asking.ask_year(exchange)
        return
    exchange.state = exchange.state.with_goal(asking.want_again(goal, "quarter", "year"))
    await asking.ask_quarter(exchange)
