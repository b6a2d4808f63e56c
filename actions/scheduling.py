"""The student's own schedule."""

from __future__ import annotations

from typing import Any

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
    exchange.say("utter_schedule", list="\n".join(blocks))
    _beside(exchange, record)


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
    head = exchange.part(
        "utter_part_term",
        quarter=items[0].quarter,
        year=items[0].year,
        units=sum(item.units for item in items),
        limit=record["max_units"],
    )
    return "\n".join([head, *(_line(exchange, item) for item in items)])


def _line(exchange: Exchange, item: EnrollmentView) -> str:
    name = "utter_part_enrolled" if item.status == "enrolled" else "utter_part_waiting"
    return exchange.part(
        name,
        course=f"{item.code} {item.title}",
        units=exchange.units(item.units),
        times="; ".join(item.meetings),
        position=item.position,
    )
