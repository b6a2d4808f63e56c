"""Cards beside a reply's text: courses and enrollments, with what can be done with each.

They travel in the reply's `custom` (`{"lead", "cards"}`). The text stays whole beside them: it is
what a door without cards shows. Each action says a sentence that is complete by itself, so that it
means the same however much later it is clicked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from actions.context import Exchange
from bot.dialogue.filling import Clock
from knowledge.clients.values import CourseView, EnrollmentView, SectionView
from knowledge.model.terms import Quarter, Term

_MOST_TERMS = 3  # to enroll in: as many buttons as stand well in a row


@dataclass(frozen=True)
class CardAction:
    """A button: its title, and what clicking it says."""

    title: str
    say: str


@dataclass(frozen=True)
class Card:
    """A course or an enrollment; `number` is its place in a list, `link` its official page."""

    kind: str
    code: str
    title: str
    units: str
    lines: tuple[str, ...]
    link: str
    actions: tuple[CardAction, ...]
    number: int | None = None


def custom(lead: str, cards: Sequence[Card]) -> dict[str, Any]:
    """The `custom` of a reply that shows cards below a lead; empty without cards."""
    if not cards:
        return {}
    return {"lead": lead.strip(), "cards": [asdict(card) for card in cards]}


def course_card(
    exchange: Exchange,
    clock: Clock,
    course: CourseView,
    sections: Sequence[SectionView],
    lines: Iterable[str],
    number: int | None = None,
) -> Card:
    """A course with buttons for the terms of these sections that are open for enrollment.

    One of a list (`number`) also has a button for its details.
    """
    terms = _open_terms(clock, sections)
    actions = [_enroll(exchange, course.code, term, alone=len(terms) == 1) for term in terms]
    if number is not None:
        actions.append(_details(exchange, course.code))
    return Card(
        "course",
        course.code,
        course.title,
        exchange.units(course.units),
        _clean(lines),
        page(exchange, course.code),
        tuple(actions),
        number,
    )


def enrollment_card(
    exchange: Exchange, clock: Clock, item: EnrollmentView, lines: Iterable[str]
) -> Card:
    """A class that the student is in or waits for, with a button to leave it before it is over."""
    term = Term(Quarter(item.quarter), item.year)
    dates = clock.calendar.find(term)
    over = dates is None or dates.is_over(clock.today)
    return Card(
        "enrollment",
        item.code,
        item.title,
        exchange.units(item.units),
        _clean(lines),
        page(exchange, item.code),
        () if over else (_leave(exchange, item),),
    )


def _clean(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines of a text as lines of a card, without the marks that set them in."""
    told = (line.strip().removeprefix("- ") for line in lines)
    return tuple(line for line in told if line)


def page(exchange: Exchange, code: str) -> str:
    """The address of a course's page in the catalogue."""
    return f"{exchange.services.site_url}/explorecourses/search?q={quote(code, safe='')}"


def _open_terms(clock: Clock, sections: Sequence[SectionView]) -> list[Term]:
    offered = {Term(Quarter(section.quarter), section.year) for section in sections}
    dated = [clock.calendar.find(term) for term in sorted(offered)]
    return [d.term for d in dated if d is not None and d.is_open(clock.today)][:_MOST_TERMS]


def _enroll(exchange: Exchange, code: str, term: Term, *, alone: bool) -> CardAction:
    facts = {"code": code, "quarter": term.quarter.value, "year": term.year}
    name = "utter_part_card_enroll" if alone else "utter_part_card_enroll_term"
    return _action(exchange, name, "utter_part_card_enroll_say", facts)


def _details(exchange: Exchange, code: str) -> CardAction:
    name = "utter_part_card_details"
    return _action(exchange, name, f"{name}_say", {"code": code})


def _leave(exchange: Exchange, item: EnrollmentView) -> CardAction:
    facts = {"code": item.code, "quarter": item.quarter, "year": item.year}
    name = "utter_part_card_drop" if item.status == "enrolled" else "utter_part_card_leave"
    return _action(exchange, name, "utter_part_card_drop_say", facts)


def _action(exchange: Exchange, title: str, say: str, facts: dict[str, Any]) -> CardAction:
    return CardAction(exchange.part(title, **facts), exchange.part(say, **facts))
