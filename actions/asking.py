"""Questions: for what is missing, between candidates, and to confirm what was guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.context import Exchange
from actions.held import enrollment_options
from actions.standing import together
from actions.wording import wording
from bot.dialogue.confirming import CONSENTS
from bot.dialogue.doubting import NEITHER, classes_of, likeliest
from bot.dialogue.retracting import UNWANTED
from bot.dialogue.state import Ask, Filled, Goal, GoalKind, Option, Question
from knowledge.clients.values import CourseView
from knowledge.errors import UnknownCourse
from knowledge.model.terms import Quarter, Term


def _ask(
    exchange: Exchange,
    ask: Ask,
    response: str,
    options: tuple[Option, ...] = (),
    topic: str = "",
    **facts: object,
) -> None:
    """Put the question, never twice in the same words, and remember that it is open."""
    text, times = wording(exchange, response, ask, **facts)
    labels = [option.label for option in options] or (["yes", "no"] if ask is Ask.CONFIRM else [])
    exchange.tell(text, labels)
    question = Question(ask, options, topic, times)
    exchange.state = replace(exchange.state, question=question, digressed=False)


async def ask_class(exchange: Exchange) -> None:
    """Which class? Named by what is to be done with it."""
    goal = exchange.state.goal
    kind = goal.kind if goal is not None else GoalKind.ENROLL
    if goal is not None and goal.get("unknown"):
        exchange.say("utter_unknown_course", said=goal.get("said"))
        exchange.state = exchange.state.with_goal(goal.having(unknown=None, said=None))
    if kind is GoalKind.DROP:
        await _ask_dropped(exchange)
        return
    dropping = goal is not None and kind is GoalKind.SWAP and goal.get("drop_code") is None
    _ask(exchange, Ask.CLASS, f"utter_ask_class_{'swap_drop' if dropping else kind.value}")


async def _ask_dropped(exchange: Exchange) -> None:
    """Which of those that are held? With nothing to drop there is nothing to ask."""
    held = await exchange.services.axess.enrollments(exchange.suid)
    if not held:
        exchange.state = exchange.state.without_goal()
        exchange.say("utter_schedule_empty", when="")
        return
    options = enrollment_options(held, code="code")
    _ask(exchange, Ask.CLASS, "utter_ask_class_drop", options)


async def ask_quarter(exchange: Exchange) -> None:
    """Which quarter? With those in which the class is offered and not over as choices."""
    goal = _goal(exchange)
    options = tuple(
        Option(f"{term.quarter} {term.year}", {"quarter": term.quarter.value, "year": term.year})
        for term in await coming_terms(exchange, goal)
        if term.quarter.value not in (goal.get(UNWANTED) or ())
    )
    _ask(exchange, Ask.QUARTER, "utter_ask_quarter", options, course=label(goal))


async def ask_year(exchange: Exchange) -> None:
    """Which year? With the years that the catalogue knows for that quarter."""
    goal = _goal(exchange)
    quarter = goal.get("quarter")
    options = tuple(
        Option(str(term.year), {"year": term.year})
        for term in await coming_terms(exchange, goal)
        if term.quarter.value == quarter
    )
    _ask(exchange, Ask.YEAR, "utter_ask_year", options, course=label(goal), quarter=quarter)


async def ask_choice(exchange: Exchange) -> None:
    """Which of these? The open choice once more, or one after an unclear title or unknown code."""
    goal, open_one = _goal(exchange), exchange.state.question
    if open_one is not None and open_one.ask is Ask.CHOICE:
        choose(
            exchange, open_one.topic, open_one.options, said=goal.get("said"), course=label(goal)
        )
        return
    prefix = "drop_" if goal.get("asks_drop") else ""
    options = tuple(
        Option(
            f"{c['code']} {c['title']}", {f"{prefix}code": c["code"], f"{prefix}name": c["title"]}
        )
        for c in goal.get("candidates") or ()
    )
    response = "utter_did_you_mean" if goal.get("unknown") else "utter_which_course"
    choose(exchange, response, options, said=goal.get("said"))


async def confirm(exchange: Exchange) -> None:
    """Shall I? Says exactly what was guessed; an undo has no goal to speak of."""
    state = exchange.state
    topic = state.question.topic if state.question is not None else ""
    if topic == "undo" and state.effect is not None:
        effect = state.effect
        facts = {"course": effect.code, "quarter": effect.quarter, "year": effect.year}
        _ask(exchange, Ask.CONFIRM, f"utter_confirm_undo_{effect.kind.value}", (), topic, **facts)
        return
    goal = _goal(exchange)
    if topic in CONSENTS or topic == "retry":
        _ask(exchange, Ask.CONFIRM, f"utter_confirm_{topic}", (), topic, course=label(goal))
        return
    if (listed := goal.get("plan")) is not None:
        _ask(exchange, Ask.CONFIRM, "utter_confirm_plan", (), "plan", list=listed)
        return
    response = f"utter_confirm_{goal.kind.value}"
    _ask(exchange, Ask.CONFIRM, response, (), "guess", **_facts(goal))


async def ask_meaning(exchange: Exchange) -> None:
    """What did you mean? With the likeliest readings as choices."""
    doubted = exchange.state.doubted or exchange.state.heard
    exchange.state = replace(exchange.state, doubted=doubted)
    readings = (*likeliest(exchange.state), NEITHER)
    options = tuple(Option(_reading(exchange, name), {"intent": name}) for name in readings)
    _ask(exchange, Ask.MEANING, "utter_ask_meaning", options)


def _reading(exchange: Exchange, name: str) -> str:
    """A reading as it would be acted on: "Enroll in CS106A", where the class is known."""
    named = classes_of(exchange.state)
    general = f"reading_what_{name}"
    if not exchange.services.texts.has(general):
        general = "reading_what"
    what = together(exchange, named) if named else exchange.part(general)
    return exchange.part(f"reading_{name or 'other'}", what=what)


def _facts(goal: Goal) -> dict[str, object]:
    quarter, year = goal.get("quarter"), goal.get("year")
    when = f" {quarter} {year}" if quarter and year else ""
    dropped = f"{goal.get('drop_code') or ''} {goal.get('drop_name') or ''}".strip()
    return {"course": label(goal), "when": when, "dropped": dropped}


def _goal(exchange: Exchange) -> Goal:
    goal = exchange.state.goal
    if goal is None:  # the policy asks these questions for a goal alone
        raise LookupError("no goal")
    return goal


def label(goal: Goal) -> str:
    """The class of a goal with its title: "CS106A Programming Methodology"."""
    return f"{goal.get('code') or ''} {goal.get('name') or ''}".strip()


async def coming_terms(exchange: Exchange, goal: Goal) -> list[Term]:
    """The terms of the goal's class that are not over, in time order."""
    try:
        course = await exchange.services.catalogue.course(goal.get("code"))
    except UnknownCourse:
        return []
    return await not_over(exchange, course)


async def not_over(exchange: Exchange, course: CourseView) -> list[Term]:
    """When a course is to be had: terms open for enrollment, else all that are not over."""
    clock = await exchange.services.academic_clock()
    terms = [Term(Quarter(quarter), year) for quarter, year in course.terms]
    known = [clock.calendar.find(term) for term in terms]
    coming = [d for d in known if d is not None and not d.is_over(clock.today)]
    open_now = [d.term for d in coming if d.is_open(clock.today)]
    return open_now or [d.term for d in coming]


def choose(exchange: Exchange, response: str, options: tuple[Option, ...], **facts: object) -> None:
    """Let the student choose between courses, sections or enrollments; the topic names which."""
    _ask(exchange, Ask.CHOICE, response, options, response, **facts)


def offer(exchange: Exchange, topic: str, **facts: Any) -> None:
    """What would help and needs a yes: a place on the waitlist, a petition, a W."""
    _ask(exchange, Ask.CONFIRM, f"utter_offer_{topic}", topic=topic, **facts)


def want_again(goal: Goal, *slots: str) -> Goal:
    """The goal without these values, because they cannot be: they will be asked again."""
    cleared: dict[str, Filled | None] = dict.fromkeys(slots)
    return goal.having(**cleared)
