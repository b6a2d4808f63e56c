"""Lists of courses: what a search found, numbered, so that "the second one" has a meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import narrowing
from actions.cards import course_card, custom
from actions.context import Exchange
from actions.headings import conditions, heading, ways_out, why
from actions.offerings import coming
from actions.searching import first_found
from bot.dialogue.filling import Clock
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
    offered = [await _offered(exchange, course, query) for course in found.courses]
    shown = state.offset + len(found.courses)
    more = found.total > shown
    _show(exchange, clock, query, found, offered)
    results = tuple(_mentioned(*pair) for pair in zip(found.courses, offered, strict=True))
    focus = results[0] if len(results) == 1 else None
    exchange.state = replace(state, results=results, more=more, offset=shown, focus=focus)
    await narrowing.offer(exchange, found.total, tried[-1])


def _show(
    exchange: Exchange,
    clock: Clock,
    query: dict[str, Any],
    found: ResultsView,
    offered: list[list[SectionView]],
) -> None:
    """One page of the list as text, and as cards for the doors that show them."""
    first = exchange.state.offset + 1
    numbered = [*enumerate(zip(found.courses, offered, strict=True), first)]
    few = found.total <= narrowing.ENOUGH
    below = [_below(exchange, *pair, few) for _, pair in numbered]
    lines = [
        _line(exchange, number, course, told)
        for (number, (course, _)), told in zip(numbered, below, strict=True)
    ]
    cards = [
        course_card(exchange, clock, *pair, told, number)
        for (number, pair), told in zip(numbered, below, strict=True)
    ]
    shown = exchange.state.offset + len(lines)
    more = found.total > shown
    facts = {"query": heading(exchange.part, query), "total": found.total}
    facts |= {"shown": shown, "first": first}
    response = "utter_found_more" if more else "utter_found"
    notes = _notes(exchange, _dated(query, offered), found)
    text = exchange.part(response, list="\n".join([*notes, *lines]), **facts)
    lead = exchange.part(response, list="\n".join(notes), **facts)
    exchange.tell(text, ["more"] if more else [], custom(lead, cards))


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


def _line(exchange: Exchange, number: int, course: CourseView, below: list[str]) -> str:
    """A course of the text: its number and name, and what is told below."""
    head = exchange.part(
        "utter_part_course",
        number=number,
        code=course.code,
        title=course.title,
        units=exchange.units(course.units),
    )
    reason, *rest = below
    return "\n".join([f"{head}{reason}", *rest])


def _below(
    exchange: Exchange, course: CourseView, offered: list[SectionView], few: bool
) -> list[str]:
    """Why a course is in the list (or nothing), what helps to choose it, its first sections."""
    details = _details(exchange, course) if few else []
    sections = [section_line(exchange, section) for section in offered[:3]]
    return [why(exchange.part, course), *details, *sections]


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
    told = [f"{section.times}, {', '.join(section.instructors)}" for section in offered]
    named = Mentioned(
        course.code, course.title, units=_most(course.units), sections="\n".join(told)
    )
    if len(terms) != 1:
        return named
    quarter, year = next(iter(terms))
    alone = offered[0].class_id if len(offered) == 1 else None
    return replace(named, class_id=alone, quarter=quarter, year=year)


def _most(units: str) -> int | None:
    """The higher end of "3-5"."""
    last = units.rpartition("-")[2]
    return int(last) if last.isdigit() else None
