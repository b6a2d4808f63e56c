"""Which offerings a question is about: those of the asked terms, else the coming ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.context import Exchange
from knowledge.clients.values import CourseView, SectionView
from knowledge.model.terms import Quarter, Term


def in_term(found: CourseView, term: dict[str, Any]) -> list[SectionView]:
    """The sections in the asked quarters and year; all of them when no term was asked."""
    return [
        section
        for section in found.lectures
        if (not term.get("quarters") or section.quarter in term["quarters"])
        and term.get("year") in (None, section.year)
        and term.get("academic_start") in (None, _academic_start(section))
    ]


async def coming(exchange: Exchange, sections: Iterable[SectionView]) -> list[SectionView]:
    """What is still to come in this academic year; else what comes later; else all there was."""
    clock = await exchange.services.academic_clock()
    over = {
        (dates.term.quarter.value, dates.term.year)
        for dates in clock.calendar.terms
        if dates.is_over(clock.today)
    }
    known = list(sections)
    later = [section for section in known if (section.quarter, section.year) not in over]
    soon = [section for section in later if _academic_start(section) == clock.academic_start]
    return soon or later or known


def _academic_start(section: SectionView) -> int:
    return Term(Quarter(section.quarter), section.year).academic_year_start
