"""What a question to the graph takes for granted: the student's record, and courses it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from actions.context import Exchange
from knowledge.clients.advising import Taken


def signed_in(exchange: Exchange) -> bool:
    """Whether there is a record to look at."""
    return exchange.principal.get("role") == "student"


async def taken(exchange: Exchange) -> Taken:
    """What the signed-in student has passed or is in; a visitor has nothing that we know of."""
    if not signed_in(exchange):
        return Taken()
    axess = exchange.services.axess
    record = await axess.student(exchange.suid)
    enrolled = await axess.enrollments(exchange.suid)
    running = (item.code for item in enrolled if item.status == "enrolled")
    codes = dict.fromkeys([*record["completed"], *running])
    return Taken(tuple(codes), bool(record["completed_all"]))


async def taken_with(exchange: Exchange, others: list[str]) -> Taken:
    """The student's courses and those that the question itself takes for granted."""
    already = await taken(exchange)
    return replace(already, codes=(*already.codes, *others))


def together(exchange: Exchange, names: Iterable[str]) -> str:
    """Names in a row: "CS109, MATH51 and CS107"."""
    *first, last = [*names] or [""]
    return exchange.part("utter_part_and", first=", ".join(first), last=last) if first else last
