"""Answers about courses: lists, and the facts of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.context import Exchange
from actions.refusing import reason
from bot.dialogue.state import Mentioned
from knowledge.clients.values import CourseView, SectionView
from knowledge.errors import QuadError, UnknownCourse

PAGE = 8
_ATTRIBUTES_BY_TERM = frozenset({"instructor", "time", "place", "seats", "waitlist"})


async def search(exchange: Exchange) -> None:
    """The list a query asks for, numbered, so that "the second one" has a meaning."""
    state, query = exchange.state, exchange.state.query
    found = await exchange.services.catalogue.search(_params(query, state.offset))
    heading = _heading(exchange, query)
    if not found.courses:
        exchange.state = replace(state, results=(), more=False)
        exchange.say("utter_nothing_found", query=heading)
        return
    first = state.offset + 1
    lines = [_line(exchange, first + index, course) for index, course in enumerate(found.courses)]
    shown = state.offset + len(lines)
    more = found.total > shown
    facts = {"query": heading, "list": "\n".join(lines), "total": found.total}
    response = "utter_found_more" if more else "utter_found"
    exchange.say(response, ["more"] if more else [], shown=shown, first=first, **facts)
    results = tuple(_mentioned(course) for course in found.courses)
    focus = results[0] if len(results) == 1 else None
    exchange.state = replace(state, results=results, more=more, offset=shown, focus=focus)


def _params(query: dict[str, Any], offset: int) -> list[tuple[str, str]]:
    params = [("limit", str(PAGE)), ("offset", str(offset))]
    lists = {
        "subjects": "subject",
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
    if "text" in query:
        params.append(("q", query["text"][:200]))
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
    parts += query.get("days", [])
    parts += [exchange.part("utter_part_not_day", day=day) for day in query.get("not_days", ())]
    parts += [f"{low}-{high} units" if low != high else f"{low} units" for low, high in
              ([query["units"]] if "units" in query else [])]  # fmt: skip
    parts += query.get("instructors", [])
    named = ", ".join(part for part in parts if part)
    return named or exchange.part("utter_part_anything")


def _line(exchange: Exchange, number: int, course: CourseView) -> str:
    head = exchange.part(
        "utter_part_course",
        number=number,
        code=course.code,
        title=course.title,
        units=course.units,
    )
    sections = [section_line(exchange, section) for section in course.sections[:3]]
    return "\n".join([head, *sections])


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


def _mentioned(course: CourseView) -> Mentioned:
    """A result with its term when there is only one, so that "enroll me in it" is complete."""
    terms = {(section.quarter, section.year) for section in course.sections}
    if len(terms) != 1:
        return Mentioned(course.code, course.title)
    quarter, year = next(iter(terms))
    alone = course.sections[0].class_id if len(course.sections) == 1 else None
    return Mentioned(course.code, course.title, alone, quarter, year)


async def course(exchange: Exchange) -> None:
    """The facts asked about one course or several."""
    for named in exchange.state.args.get("courses", ()):
        found = await _find(exchange, named)
        if found is None:
            continue
        sections = _in_term(found, exchange.state.args.get("term") or {})
        exchange.state = replace(exchange.state, focus=_focus(found, sections, exchange))
        if exchange.state.args.get("eligible"):
            await _eligibility(exchange, found, sections)
        else:
            await _facts(exchange, found, sections)


async def _find(exchange: Exchange, named: dict[str, Any]) -> CourseView | None:
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
    facts = {"number": number, "code": item.code, "title": item.title, "units": item.units}
    return exchange.part("utter_part_course", **facts)


def _in_term(found: CourseView, term: dict[str, Any]) -> list[SectionView]:
    return [
        section
        for section in found.sections
        if (not term.get("quarters") or section.quarter in term["quarters"])
        and term.get("year") in (None, section.year)
        and (
            term.get("academic_start") is None
            or section.year - (section.quarter != "Autumn") == term["academic_start"]
        )
    ]


def _focus(found: CourseView, sections: list[SectionView], exchange: Exchange) -> Mentioned:
    asked = bool(exchange.state.args.get("term"))
    terms = {(section.quarter, section.year) for section in sections}
    if asked and len(terms) == 1:
        quarter, year = next(iter(terms))
        return Mentioned(found.code, found.title, None, quarter, year)
    return Mentioned(found.code, found.title)


async def _coming(exchange: Exchange, sections: list[SectionView]) -> list[SectionView]:
    """The sections that are not over; without any, all of them."""
    clock = await exchange.services.academic_clock()
    over = {
        (dates.term.quarter.value, dates.term.year)
        for dates in clock.calendar.terms
        if dates.is_over(clock.today)
    }
    coming = [section for section in sections if (section.quarter, section.year) not in over]
    return coming or sections


async def _facts(exchange: Exchange, found: CourseView, sections: list[SectionView]) -> None:
    attributes = exchange.state.args.get("attributes") or ["overview"]
    term = exchange.state.args.get("term") or {}
    if term and not sections:
        await _not_then(exchange, found, term)
        if not set(attributes) - _ATTRIBUTES_BY_TERM - {"overview"}:
            return
    shown = sections if term else await _coming(exchange, sections)
    answers = [_answer(exchange, found, shown, attribute) for attribute in attributes]
    exchange.dispatcher.utter_message(text="\n".join(answers))


async def _not_then(exchange: Exchange, found: CourseView, term: dict[str, Any]) -> None:
    coming = await _coming(exchange, list(found.sections))
    offered = list(dict.fromkeys(f"{section.quarter} {section.year}" for section in coming))
    asked = " ".join([*term.get("quarters", ()), str(term.get("year") or "")]).strip()
    name = f"{found.code} {found.title}"
    if not offered:
        exchange.say("utter_not_offered_at_all", course=name)
    else:
        exchange.say("utter_course_not_then", course=name, term=asked, offered=", ".join(offered))


def _answer(
    exchange: Exchange, found: CourseView, sections: list[SectionView], attribute: str
) -> str:
    listed = "\n".join(section_line(exchange, section) for section in sections[:8])
    facts = {
        "course": f"{found.code} {found.title}",
        "code": found.code,
        "units": found.units,
        "usual": found.usual_units,
        "prerequisites": found.prerequisites or exchange.part("utter_part_none"),
        "requirements": ", ".join(found.requirements) or exchange.part("utter_part_no_requirement"),
        "grading": exchange.part("utter_part_or").join(found.gradings),
        "description": found.description,
        "level": found.level,
        "sections": listed or exchange.part("utter_part_not_scheduled"),
        "offered": ", ".join(dict.fromkeys(f"{s.quarter} {s.year}" for s in sections))
        or exchange.part("utter_part_not_scheduled"),
    }
    return exchange.part(f"utter_about_{attribute}", **facts)


async def _eligibility(exchange: Exchange, found: CourseView, sections: list[SectionView]) -> None:
    """Can I take it? By the record when signed in, by the prerequisites otherwise."""
    coming = await _coming(exchange, sections or list(found.sections))
    if exchange.principal.get("role") != "student" or not coming:
        exchange.dispatcher.utter_message(text=_answer(exchange, found, coming, "prerequisites"))
        return
    first = await _first_open(exchange, coming)
    reasons = await exchange.services.axess.eligibility(exchange.suid, first.class_id)
    facts = {"course": f"{found.code} {found.title}", "quarter": first.quarter, "year": first.year}
    if not reasons:
        exchange.say("utter_eligible", **facts)
        return
    listed = "\n".join(_reason_line(exchange, error, found.code) for error in reasons)
    exchange.say("utter_not_eligible", reasons=listed, **facts)


async def _first_open(exchange: Exchange, sections: list[SectionView]) -> SectionView:
    """The next section that can be enrolled in now, or simply the next one."""
    clock = await exchange.services.academic_clock()
    is_open = {
        (dates.term.quarter.value, dates.term.year): dates.is_open(clock.today)
        for dates in clock.calendar.terms
    }
    return next((s for s in sections if is_open.get((s.quarter, s.year))), sections[0])


def _reason_line(exchange: Exchange, error: QuadError, code: str) -> str:
    return exchange.part("utter_part_reason", reason=reason(exchange, error, code))
