"""Plans: the next terms with their pictures and calendar file, and why a course is not in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from actions.context import Exchange
from actions.scheduling import schedule
from bot.dialogue.planning import recent
from knowledge.clients.planning import (
    Facts,
    Params,
    PlannedView,
    PlanningClient,
    PlanView,
    RequirementView,
    TermView,
)
from knowledge.errors import UnknownCourse
from knowledge.model.obstacles import Obstacle

_MOST_OPEN = 6
_HERE = ("127.0.0.1", "localhost")


async def plan(exchange: Exchange) -> None:
    """The plan, a picture for each term, the calendar file, and buttons for what may come next."""
    wishes = exchange.state.args["wishes"]
    try:
        made = await _client(exchange).plan(exchange.suid, _params(wishes))
    except UnknownCourse as error:
        exchange.say("utter_unknown_course", said=error.code)
        return
    if not made.feasible:
        reasons = _reasons(exchange, made.reasons)
        exchange.say("utter_plan_impossible" if reasons else "utter_plan_no_time", reasons=reasons)
        return
    _remember(exchange, wishes, made)
    _tell(exchange, made)
    for term in made.terms:
        exchange.dispatcher.utter_message(image=_address(exchange, term.picture))
    _calendar(exchange, made.calendar)


async def why_not(exchange: Exchange) -> None:
    """The facts against a course, or where it fits."""
    args = exchange.state.args
    code = args["code"] or await _titled(exchange, args["title"])
    if code is None:
        exchange.say("utter_unknown_course", said=args["title"])
        return
    try:
        found = await _client(exchange).why_not(exchange.suid, code, _params(args["wishes"]))
    except UnknownCourse:
        exchange.say("utter_unknown_course", said=code)
        return
    course = f"{found.code} {found.title}"
    if found.reasons:
        reasons = _reasons(exchange, found.reasons)
        exchange.say("utter_why_not", [], course=course, reasons=reasons)
    elif found.fits is not None:
        quarter, year = found.fits
        facts = {"course": course, "quarter": quarter, "year": year}
        gone = ", ".join(found.instead_of)
        name = "utter_why_not_instead" if gone else "utter_why_not_fits"
        exchange.say(name, _buttons(exchange, found.code), **facts, others=gone)
    else:
        exchange.say("utter_plan_no_time")


async def timetable(exchange: Exchange) -> None:
    """The student's own schedule in words, as pictures, and as a calendar file."""
    await schedule(exchange)
    found = await _client(exchange).timetable(exchange.suid)
    for picture in found.pictures:
        exchange.dispatcher.utter_message(image=_address(exchange, picture))
    if found.calendar:
        _calendar(exchange, found.calendar)


def _client(exchange: Exchange) -> PlanningClient:
    axess = exchange.services.axess
    return PlanningClient(axess.service, axess.token)


def _params(wishes: dict[str, Any]) -> Params:
    """Every value as a query parameter; a list is said several times."""
    params: Params = []
    for name, value in wishes.items():
        values = value if isinstance(value, list | tuple) else [value]
        params.extend((name, str(each).lower() if each is True else str(each)) for each in values)
    return params


async def _titled(exchange: Exchange, title: str) -> str | None:
    matches = await exchange.services.catalogue.titles(title)
    return matches[0].code if matches else None


def _remember(exchange: Exchange, wishes: dict[str, Any], made: PlanView) -> None:
    terms = [
        {
            "quarter": term.quarter,
            "year": term.year,
            "classes": [_class(course) for course in term.courses],
        }
        for term in made.terms
    ]
    kept = {"wishes": wishes, "turn": exchange.state.turn, "terms": terms}
    exchange.state = replace(exchange.state, plan=kept)


def _class(course: PlannedView) -> dict[str, Any]:
    """What enrolling in it will need."""
    names = ("code", "title", "class_id", "linked_class_id")
    return {name: getattr(course, name) for name in names}


def _tell(exchange: Exchange, made: PlanView) -> None:
    parts = [_term(exchange, term) for term in made.terms]
    remaining = [each for each in made.requirements if each.remains]
    parts.append(_open(exchange, remaining))
    parts += [_fact(exchange, note) for note in made.notes]
    head = "utter_plan" if made.known else "utter_plan_general"
    buttons = [
        exchange.part("utter_part_enroll_in_plan", quarter=term.quarter, year=term.year)
        for term in made.terms
        if term.courses and not made.notes
    ]
    if any(term.courses for term in made.terms):
        buttons.append(exchange.part("utter_part_lighter"))
    exchange.say(head, buttons, programme=made.programme, list="\n".join(parts))


def _term(exchange: Exchange, term: TermView) -> str:
    head = exchange.part(
        "utter_part_plan_term",
        quarter=term.quarter,
        year=term.year,
        units=exchange.units(term.units),
    )
    lines = [_course(exchange, course) for course in term.courses]
    if term.taken:
        lines.insert(0, exchange.part("utter_part_plan_taken", classes=", ".join(term.taken)))
    if not term.courses:
        lines.append(exchange.part("utter_part_plan_nothing"))
    return "\n".join([head, *lines])


def _course(exchange: Exchange, course: PlannedView) -> str:
    purpose = ""
    if course.serves:
        purpose = exchange.part("utter_part_plan_serves", what=", ".join(course.serves))
    elif course.leads_to:
        purpose = exchange.part("utter_part_plan_leads", what=", ".join(course.leads_to[:3]))
    waiting = exchange.part("utter_part_plan_waitlist") if course.waitlist else ""
    return exchange.part(
        "utter_part_plan_course",
        course=f"{course.code} {course.title}",
        units=exchange.units(course.units),
        times="; ".join(course.meetings) or exchange.part("utter_part_plan_no_hours"),
        purpose=purpose,
        waiting=waiting,
    )


def _open(exchange: Exchange, remaining: list[RequirementView]) -> str:
    if not remaining:
        return exchange.part("utter_part_plan_done")
    listed = [
        exchange.part(f"utter_part_plan_open_{each.unit}", name=each.name, count=each.remains)
        for each in remaining[:_MOST_OPEN]
    ]
    more = len(remaining) - len(listed)
    if more:
        listed.append(exchange.part("utter_part_plan_more", count=more))
    return exchange.part("utter_part_plan_open", list=", ".join(listed))


def _reasons(exchange: Exchange, reasons: tuple[Facts, ...]) -> str:
    """Each reason's facts together; a further reason is told as one that stands by itself."""
    also = exchange.part("utter_part_also")
    blocks = ["\n".join(_line(exchange, fact) for fact in facts) for facts in reasons]
    return f"\n{also}\n".join(blocks)


def _line(exchange: Exchange, fact: Obstacle) -> str:
    return exchange.part("utter_part_reason", reason=_fact(exchange, fact))


def _fact(exchange: Exchange, fact: Obstacle) -> str:
    """The sentence of a fact; one about the whole term names no course."""
    data = {key: value for key, value in fact.to_json().items() if key != "kind"}
    name = fact.kind.replace("-", "_")
    return exchange.part(f"utter_fact_{name}" if fact.code else f"utter_note_{name}", **data)


def _buttons(exchange: Exchange, code: str) -> list[str]:
    """A change to the last plan while it is talked about, else a new one with the course."""
    name = "utter_part_add_to_plan" if recent(exchange.state) else "utter_part_include"
    return [exchange.part(name, code=code)]


def _calendar(exchange: Exchange, path: str) -> None:
    file = {"src": _address(exchange, path), "title": exchange.part("utter_part_calendar")}
    exchange.dispatcher.utter_message(attachment={"type": "file", "payload": file})


def _address(exchange: Exchange, path: str) -> str:
    """Below the site's own address where Axess is ours, so that it holds from any machine."""
    base = exchange.services.axess.service.base_url
    parts = urlsplit(base)
    return f"{parts.path}{path}" if parts.hostname in _HERE else f"{base}{path}"
