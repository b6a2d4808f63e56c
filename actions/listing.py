"""Lists of courses: what a search found, numbered, so that "the second one" has a meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import narrowing
from actions.context import Exchange
from actions.offerings import coming
from bot.dialogue.state import Mentioned
from knowledge.clients.values import CourseView, ResultsView, SectionView

PAGE = 8


async def search(exchange: Exchange) -> None:
    """The list a query asks for; without a year, of the running academic year."""
    state, query = exchange.state, exchange.state.query
    found = await _found(exchange, query)
    if not found.courses and {"subjects", "topics"} <= query.keys():
        query = {key: value for key, value in query.items() if key != "subjects"}
        found = await _found(exchange, query)  # "code, but no math": what they are interested in
    heading = _heading(exchange, query)
    if not found.courses:
        kept = {} if "text" in query else query  # words that fit nothing would spoil what follows
        exchange.state = replace(state, results=(), more=False, query=kept)
        exchange.say("utter_nothing_found", query=heading)
        return
    first = state.offset + 1
    offered = [await _offered(exchange, course, query) for course in found.courses]
    lines = [
        _line(exchange, first + index, course, sections)
        for index, (course, sections) in enumerate(zip(found.courses, offered, strict=True))
    ]
    shown = state.offset + len(lines)
    more = found.total > shown
    facts = {"query": heading, "list": "\n".join(lines), "total": found.total}
    response = "utter_found_more" if more else "utter_found"
    exchange.say(response, ["more"] if more else [], shown=shown, first=first, **facts)
    results = tuple(_mentioned(*pair) for pair in zip(found.courses, offered, strict=True))
    focus = results[0] if len(results) == 1 else None
    exchange.state = replace(state, results=results, more=more, offset=shown, focus=focus)
    await narrowing.offer(exchange, found.total, _params(query, 0))


async def _found(exchange: Exchange, query: dict[str, Any]) -> ResultsView:
    """Nobody who says "in winter" means that of another year, unless there is none in this one."""
    catalogue, offset = exchange.services.catalogue, exchange.state.offset
    if not {"year", "academic_start"} & query.keys():
        clock = await exchange.services.academic_clock()
        this_year = {**query, "academic_start": clock.academic_start}
        # Widened below when it finds nothing, so it is no question in vain by itself.
        found = await catalogue.search([*_params(this_year, offset), ("tentative", "1")])
        if found.courses or offset:
            return found
    return await catalogue.search(_params(query, offset))


async def _offered(
    exchange: Exchange, course: CourseView, query: dict[str, Any]
) -> list[SectionView]:
    dated = {"year", "academic_start"} & query.keys()
    return list(course.sections) if dated else await coming(exchange, course.sections)


def _params(query: dict[str, Any], offset: int) -> list[tuple[str, str]]:
    params = [("limit", str(PAGE)), ("offset", str(offset))]
    lists = {
        "subjects": "subject",
        "not_subjects": "not_subject",
        "topics": "topic",
        "quarters": "quarter",
        "days": "day",
        "not_days": "not_day",
        "requirements": "requirement",
        "instructors": "instructor",
    }
    for key, name in lists.items():
        params += [(name, str(value)) for value in query.get(key, ())]
    for key in ("level", "year", "academic_start", "earliest", "latest", "grading"):
        if query.get(key) is not None:
            params.append((key, str(query[key])))
    for key, names in (
        ("units", ("units_min", "units_max")),
        ("numbers", ("number_min", "number_max")),
    ):
        if key in query:
            params += list(zip(names, map(str, query[key]), strict=True))
    if query.get("no_prerequisites"):
        params.append(("prerequisites", "none"))
    if "text" in query:
        # Nothing was tagged: whatever holds but some of the words would be off the point.
        params += [("q", query["text"][:200]), ("match", "all")]
    return params


def _heading(exchange: Exchange, query: dict[str, Any]) -> str:
    """What was searched for, in the student's own terms: "undergraduate history, Spring 2019"."""
    level = query.get("level", "")
    numbers = [f"{low}-{high}" for low, high in [query["numbers"]]] if "numbers" in query else []
    kind = " ".join([level, *query.get("subjects", ()), *query.get("topics", ())]).strip()
    when = " or ".join(query.get("quarters", ()))
    year = str(query.get("year") or "")
    if "academic_start" in query:
        start = query["academic_start"]
        year = f"{start}-{(start + 1) % 100:02d}"
    parts = [kind, *numbers, " ".join([when, year]).strip(), *query.get("requirements", ())]
    parts += [exchange.part("utter_part_without", what=w) for w in query.get("not_subjects", ())]
    parts += query.get("days", [])
    parts += [exchange.part("utter_part_not_day", day=day) for day in query.get("not_days", ())]
    parts += [f"{low}-{high} units" if low != high else f"{low} units" for low, high in
              ([query["units"]] if "units" in query else [])]  # fmt: skip
    parts += query.get("instructors", [])
    if query.get("no_prerequisites"):
        parts.append(exchange.part("utter_part_no_prerequisites"))
    for key in ("earliest", "latest"):
        if query.get(key) is not None:
            clock = "{}:{:02d}".format(*divmod(query[key], 60))
            parts.append(exchange.part(f"utter_part_{key}", time=clock))
    if not any(parts) and query.get("text"):
        parts = [f'"{query["text"]}"']  # nothing was tagged: the words themselves were looked for
    named = ", ".join(part for part in parts if part)
    return named or exchange.part("utter_part_anything")


def _line(exchange: Exchange, number: int, course: CourseView, offered: list[SectionView]) -> str:
    head = exchange.part(
        "utter_part_course",
        number=number,
        code=course.code,
        title=course.title,
        units=course.units,
    )
    return "\n".join([head, *(section_line(exchange, section) for section in offered[:3])])


def section_line(exchange: Exchange, section: SectionView) -> str:
    """One section: term, times, room, instructor and seats."""
    return exchange.part(
        "utter_part_section",
        quarter=section.quarter,
        year=section.year,
        section=section.section,
        times=section.times,
        instructors=", ".join(section.instructors),
        seats=section.seats_left,
        capacity=section.capacity,
    )


def _mentioned(course: CourseView, offered: list[SectionView]) -> Mentioned:
    """A result with its term when there is only one, so that "enroll me in it" is complete."""
    terms = {(section.quarter, section.year) for section in offered}
    if len(terms) != 1:
        return Mentioned(course.code, course.title)
    quarter, year = next(iter(terms))
    alone = offered[0].class_id if len(offered) == 1 else None
    return Mentioned(course.code, course.title, alone, quarter, year)
