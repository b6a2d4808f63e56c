"""The student's own schedule."""

from __future__ import annotations

from typing import Any

from actions.cards import custom, enrollment_card
from actions.context import Exchange
from knowledge.clients.values import EnrollmentView


async def schedule(exchange: Exchange) -> None:
    """What the student is in and waits for, with units by term and the enrollment window."""
    enrolled = await exchange.services.axess.enrollments(exchange.suid)
    wanted = [item for item in enrolled if _asked(item, exchange.state.args)]
    record = await exchange.services.axess.student(exchange.suid)
    if not wanted:
        exchange.say("utter_schedule_empty", when=_when(exchange.state.args))
        if exchange.state.args.get("units"):
            exchange.say("utter_unit_limit", limit=record["max_units"])
        _beside(exchange, record)
        return
    terms = list(dict.fromkeys((item.quarter, item.year) for item in wanted))
    blocks = [
        _block(exchange, [item for item in wanted if (item.quarter, item.year) == term], record)
        for term in terms
    ]
    text = exchange.part("utter_schedule", list="\n".join(blocks))
    exchange.tell(text, custom=await _cards(exchange, terms, wanted, record))
    _beside(exchange, record)


async def _cards(
    exchange: Exchange,
    terms: list[tuple[str, int]],
    wanted: list[EnrollmentView],
    record: dict[str, Any],
) -> dict[str, Any]:
    """The same as cards; the units of each term stand above them."""
    clock = await exchange.services.academic_clock()
    ordered = sorted(wanted, key=lambda item: terms.index((item.quarter, item.year)))
    heads = [_head(exchange, [item for item in wanted if _of(item, t)], record) for t in terms]
    lead = exchange.part("utter_schedule", list="\n".join(heads))
    return custom(
        lead, [enrollment_card(exchange, clock, item, _facts(exchange, item)) for item in ordered]
    )


def _of(item: EnrollmentView, term: tuple[str, int]) -> bool:
    return (item.quarter, item.year) == term


def _facts(exchange: Exchange, item: EnrollmentView) -> list[str]:
    """What a card tells below the name: when, and whether in the class or waiting."""
    times = "; ".join(item.meetings) or exchange.part("utter_part_not_scheduled")
    facts = {"quarter": item.quarter, "year": item.year, "times": times}
    waits = (
        []
        if item.status == "enrolled"
        else [exchange.part("utter_part_card_waiting", position=item.position)]
    )
    return [exchange.part("utter_part_card_when", **facts), *waits]


def _beside(exchange: Exchange, record: dict[str, Any]) -> None:
    """Holds; of the asked term petitions that wait or were decided, and courses left with a W."""
    held = [exchange.part("utter_part_hold", hold=hold) for hold in record.get("holds", ())]
    told = [
        *(("utter_part_petition", petition) for petition in record.get("petitions", ())),
        *(("utter_part_withdrawn", left) for left in record.get("withdrawals", ())),
    ]
    args = exchange.state.args
    lines = [
        exchange.part(name, **facts)
        for name, facts in told
        if args.get("quarter") in (None, facts["quarter"])
        and args.get("year") in (None, facts["year"])
    ]
    if held or lines:
        exchange.dispatcher.utter_message(text="\n".join([*held, *lines]))


def _asked(item: EnrollmentView, args: dict[str, object]) -> bool:
    return args.get("quarter") in (None, item.quarter) and args.get("year") in (None, item.year)


def _when(args: dict[str, object]) -> str:
    named = " ".join(str(args[key]) for key in ("quarter", "year") if args.get(key))
    return f" for {named}" if named else ""


def _block(exchange: Exchange, items: list[EnrollmentView], record: dict[str, object]) -> str:
    return "\n".join([_head(exchange, items, record), *(_line(exchange, item) for item in items)])


def _head(exchange: Exchange, items: list[EnrollmentView], record: dict[str, object]) -> str:
    return exchange.part(
        "utter_part_term",
        quarter=items[0].quarter,
        year=items[0].year,
        units=sum(item.units for item in items),
        limit=record["max_units"],
    )


def _line(exchange: Exchange, item: EnrollmentView) -> str:
    name = "utter_part_enrolled" if item.status == "enrolled" else "utter_part_waiting"
    return exchange.part(
        name,
        course=f"{item.code} {item.title}",
        units=exchange.units(item.units),
        times="; ".join(item.meetings),
        position=item.position,
    )
