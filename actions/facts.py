"""The facts of one course, each attribute in its own words."""

from __future__ import annotations

from typing import Any

from actions.cards import course_card, custom
from actions.context import Exchange
from actions.offerings import coming
from knowledge.clients.values import CourseView, SectionView

_BY_TERM = frozenset({"instructor", "time", "place", "seats", "waitlist"})
_MOST = 8


async def facts(exchange: Exchange, found: CourseView, sections: list[SectionView]) -> None:
    """Answer what was asked; when it is not offered in the asked term, say when it is."""
    attributes = exchange.state.args.get("attributes") or ["overview"]
    term = exchange.state.args.get("term") or {}
    if term and not sections:
        await _not_then(exchange, found, term)
        if not set(attributes) - _BY_TERM - {"overview"}:
            return
    shown = sections if term else await coming(exchange, sections)
    answers = [answer(exchange, found, shown, attribute) for attribute in attributes]
    card = await _card(exchange, found, shown) if attributes == ["overview"] else {}
    exchange.tell("\n".join(answers), custom=card)


async def _card(exchange: Exchange, found: CourseView, shown: list[SectionView]) -> dict[str, Any]:
    """The overview with its sections on a card."""
    lead = answer(exchange, found, shown, "overview", lines="")
    lines = [_line(exchange, section, "overview") for section in shown[:_MOST]]
    clock = await exchange.services.academic_clock()
    unscheduled = [] if lines else [exchange.part("utter_part_not_scheduled")]
    return custom(lead, [course_card(exchange, clock, found, shown, [*lines, *unscheduled])])


async def _not_then(exchange: Exchange, found: CourseView, term: dict[str, Any]) -> None:
    later = await coming(exchange, found.sections)
    offered = list(dict.fromkeys(f"{section.quarter} {section.year}" for section in later))
    asked = " ".join([*term.get("quarters", ()), str(term.get("year") or "")]).strip()
    name = f"{found.code} {found.title}"
    if not offered:
        exchange.say("utter_not_offered_at_all", course=name)
    else:
        exchange.say("utter_course_not_then", course=name, term=asked, offered=", ".join(offered))


def answer(
    exchange: Exchange,
    found: CourseView,
    sections: list[SectionView],
    attribute: str,
    lines: str | None = None,
) -> str:
    """One attribute of a course; what differs by section is told section by section.

    `lines` take the place of the sections' lines.
    """
    listed = "\n".join(_line(exchange, section, attribute) for section in sections[:_MOST])
    values = {
        "course": f"{found.code} {found.title}",
        "code": found.code,
        "units": exchange.units(found.units),
        "usual": found.usual_units,
        "prerequisites": found.prerequisites
        or found.prerequisite_prose
        or exchange.part("utter_part_none"),
        "requirements": ", ".join(found.requirements) or exchange.part("utter_part_no_requirement"),
        "grading": exchange.part("utter_part_or").join(found.gradings),
        "description": found.description,
        "level": found.level,
        "sections": (listed or exchange.part("utter_part_not_scheduled"))
        if lines is None
        else lines,
        "offered": ", ".join(dict.fromkeys(f"{s.quarter} {s.year}" for s in sections))
        or exchange.part("utter_part_not_scheduled"),
    }
    kind = _kind_of_prerequisites(found) if attribute == "prerequisites" else ""
    return exchange.part(f"utter_about_{kind}{attribute}", **values)


def _kind_of_prerequisites(found: CourseView) -> str:
    """Known as a rule, only as the catalogue's prose (which no rule enforces), or none."""
    if found.prerequisites:
        return ""
    return "prose_" if found.prerequisite_prose else "no_"


def _line(exchange: Exchange, section: SectionView, attribute: str) -> str:
    """One section, with what was asked about it alone."""
    part = f"utter_part_{attribute}" if attribute in _BY_TERM else "utter_part_section"
    return exchange.part(
        part,
        quarter=section.quarter,
        year=section.year,
        section=section.section,
        times=section.times,
        instructors=", ".join(section.instructors),
        seats=section.seats_left,
        capacity=section.capacity,
        waitlisted=section.waitlisted,
        places=section.waitlist_capacity,
    )
