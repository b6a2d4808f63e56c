"""Questions about one course or several, found by code or title."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.clashing import clashes
from actions.context import Exchange
from actions.eligibility import eligibility
from actions.facts import facts
from actions.listing import search
from actions.offerings import coming, in_term
from bot.dialogue.state import Mentioned
from knowledge.clients.values import CourseView, SectionView
from knowledge.errors import UnknownCourse


async def course(exchange: Exchange) -> None:
    """The facts asked about one course or several."""
    told: list[CourseView] = []
    if exchange.state.args.get("alone"):
        exchange.say("utter_only_one")
    for named in exchange.state.args.get("courses", ()):
        found = await find(exchange, named)
        if found is None:
            continue
        told.append(found)
        if exchange.state.args.get("clash"):
            exchange.state = replace(exchange.state, focus=_focus(found, [], exchange))
            continue
        sections = await _asked(exchange, found)
        exchange.state = replace(exchange.state, focus=_focus(found, sections, exchange))
        if exchange.state.args.get("eligible"):
            await eligibility(exchange, found, sections)
        else:
            await facts(exchange, found, sections)
    if told and exchange.state.args.get("clash"):
        await clashes(exchange, told)
    _together(exchange, told)


async def _asked(exchange: Exchange, found: CourseView) -> list[SectionView]:
    """The sections of the asked term; a quarter without a year is the coming one."""
    term = exchange.state.args.get("term") or {}
    sections = in_term(found, term)
    dated = {"year", "academic_start"} & term.keys()
    return await coming(exchange, sections) if "quarters" in term and not dated else sections


def _together(exchange: Exchange, found: list[CourseView]) -> None:
    """Two courses asked about in one message are what "both" means next."""
    if len(found) == 2:
        named = tuple(Mentioned(course.code, course.title) for course in found)
        exchange.state = replace(exchange.state, results=named, more=False)


async def find(exchange: Exchange, named: dict[str, Any]) -> CourseView | None:
    """The course of a code or title; None after having told what stands in the way."""
    catalogue, code = exchange.services.catalogue, named.get("code") or ""
    if not code:
        matches = await catalogue.titles(named["title"])
        if not matches:
            await _as_topic(exchange, named["title"])
            return None
        if (len(matches) > 1 and matches[0].score < 100) or len(matches) > 1:
            await _several(exchange, named["title"], [match.code for match in matches])
            return None
        code = matches[0].code
    try:
        return await catalogue.course(code)
    except UnknownCourse:
        near = await catalogue.suggestions(code)
        labels = [f"{match.code} {match.title}" for match in near]
        exchange.say("utter_unknown_course", labels, said=code)
        exchange.state = replace(
            exchange.state, results=tuple(Mentioned(match.code, match.title) for match in near)
        )
        return None


async def _as_topic(exchange: Exchange, title: str) -> None:
    """A name no title comes near is searched as a topic."""
    term = exchange.state.args.get("term") or {}
    exchange.state = replace(exchange.state, query={"topics": [title], **term}, offset=0)
    await search(exchange)


async def _several(exchange: Exchange, said: str, codes: list[str]) -> None:
    """A title that fits several courses: show each of them briefly."""
    found = [await exchange.services.catalogue.course(code) for code in codes]
    lines = [_line_of_title(exchange, index + 1, item) for index, item in enumerate(found)]
    exchange.say("utter_several_titles", said=said, list="\n".join(lines))
    results = tuple(Mentioned(item.code, item.title) for item in found)
    exchange.state = replace(exchange.state, results=results, more=False)


def _line_of_title(exchange: Exchange, number: int, item: CourseView) -> str:
    facts = {"number": number, "code": item.code, "title": item.title}
    return exchange.part("utter_part_course", units=exchange.units(item.units), **facts)


def _focus(found: CourseView, sections: list[SectionView], exchange: Exchange) -> Mentioned:
    asked = bool(exchange.state.args.get("term"))
    terms = {(section.quarter, section.year) for section in sections}
    if asked and len(terms) == 1:
        quarter, year = next(iter(terms))
        return Mentioned(found.code, found.title, None, quarter, year)
    return Mentioned(found.code, found.title)
