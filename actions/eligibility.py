"""May I take it? By the record when signed in, by the prerequisites otherwise."""

from __future__ import annotations

from actions.context import Exchange
from actions.facts import answer
from actions.offerings import coming
from actions.refusing import reason
from knowledge.clients.values import CourseView, SectionView
from knowledge.errors import QuadError


async def eligibility(exchange: Exchange, found: CourseView, sections: list[SectionView]) -> None:
    """Can I take it? By the record when signed in, by the prerequisites otherwise."""
    offered = await coming(exchange, sections or found.lectures)
    if exchange.principal.get("role") != "student" or not offered:
        exchange.dispatcher.utter_message(text=answer(exchange, found, offered, "prerequisites"))
        return
    first = await _first_open(exchange, offered)
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
