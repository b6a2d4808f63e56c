"""Lists of courses: what a search found, numbered, so that "the second one" has a meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import narrowing
from actions.context import Exchange
from actions.headings import conditions, heading, ways_out, why
from actions.offerings import coming
from actions.searching import first_found
from bot.dialogue.state import Mentioned
from knowledge.clients.values import CourseView, ResultsView, SectionView

_SUMMARY = 140  # letters of what a course is about


async def search(exchange: Exchange) -> None:
    """The list a query asks for; without a year, of the running academic year."""
    if await narrowing.go_on(exchange):
        return
    state = exchange.state
    clock = await exchange.services.academic_clock()
    tried: list[list[tuple[str, str]]] = []

    async def ask(params: list[tuple[str, str]]) -> ResultsView:
        tried.append(params)
        return await exchange.services.catalogue.search(params)

    query, found = await first_found(state.query, clock.academic_start, state.offset, ask)
    if not found.courses:
        _nothing(exchange, query, found)
        return
    first = state.offset + 1
    offered = [await _offered(exchange, course, query) for course in found.courses]
    few = found.total <= narrowing.ENOUGH
    lines = [
        _line(exchange, first + index, course, sections, few)
        for index, (course, sections) in enumerate(zip(found.courses, offered, strict=True))
    ]
    shown = state.offset + len(lines)
    more = found.total > shown
    facts = {"query": heading(exchange.part, query), "total": found.total}
    response = "utter_found_more" if more else "utter_found"
    text = "\n".join([*_notes(exchange, _dated(query, offered), found), *lines])
    exchange.say(response, ["more"] if more else [], shown=shown, first=first, list=text, **facts)
    results = tuple(_mentioned(*pair) for pair in zip(found.courses, offered, strict=True))
    focus = results[0] if len(results) == 1 else None
    exchange.state = replace(state, results=results, more=more, offset=shown, focus=focus)
    await narrowing.offer(exchange, found.total, tried[-1])


def _nothing(exchange: Exchange, query: dict[str, Any], found: ResultsView) -> None:
    """Nothing fits: say so, and which condition stands in the way."""
    kept = {} if "text" in query else query  # words that fit nothing would spoil what follows
    exchange.state = replace(exchange.state, results=(), more=False, query=kept)
    named = heading(exchange.part, query)
    if found.relaxations:
        ways = ways_out(exchange.part, found.relaxations)
        exchange.say("utter_nothing_unless", query=named, ways=ways)
    else:
        exchange.say("utter_nothing_found", query=named)


def _notes(exchange: Exchange, query: dict[str, Any], found: ResultsView) -> list[str]:
    """What a list is in need of saying: how it was read, what matches, what "easy" goes by."""
    notes = []
    if found.read_as:
        notes.append(exchange.part("utter_part_read_as", text=found.read_as))
    if named := conditions(exchange.part, query):
        notes.append(exchange.part("utter_part_matches", conditions=", ".join(named)))
    if query.get("easy"):
        notes.append(exchange.part("utter_part_easy"))
    return notes


def _dated(query: dict[str, Any], offered: list[list[SectionView]]) -> dict[str, Any]:
    """The query with the year of its quarter, when all that is shown lies in one."""
    years = {section.year for sections in offered for section in sections}
    alone = len(query.get("quarters", ())) == len(years) == 1
    return {**query, "year": years.pop()} if alone else query


async def _offered(
    exchange: Exchange, course: CourseView, query: dict[str, Any]
) -> list[SectionView]:
    dated = {"year", "academic_start"} & query.keys()
    return list(course.lectures) if dated else await coming(exchange, course.lectures)


def _line(
    exchange: Exchange, number: int, course: CourseView, offered: list[SectionView], few: bool
) -> str:
    head = exchange.part(
        "utter_part_course",
        number=number,
        code=course.code,
        title=course.title,
        units=exchange.units(course.units),
    )
    reason = why(exchange.part, course)
    details = _details(exchange, course) if few else []
    sections = [section_line(exchange, section) for section in offered[:3]]
    return "\n".join([f"{head}{reason}", *details, *sections])


def _details(exchange: Exchange, course: CourseView) -> list[str]:
    """What helps to choose between the few that are left: what it is about, counts for, needs."""
    about = course.description.split(". ")[0].strip().rstrip(".")
    lines = [exchange.part("utter_part_about", about=_shortened(about))] if about else []
    if course.requirements:
        named = ", ".join(course.requirements)
        lines.append(exchange.part("utter_part_counts_for", requirements=named))
    if course.prerequisites:
        lines.append(exchange.part("utter_part_needs", prerequisites=course.prerequisites))
    return lines


def _shortened(text: str) -> str:
    """At most so many letters, cut between words."""
    return text if len(text) <= _SUMMARY else f"{text[:_SUMMARY].rsplit(' ', 1)[0]} …"


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
