"""Logged searches read back as the filters of a catalogue query: what students constrain, and how.

The knowledge graph estimates from them which question is worth asking; nobody's name is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from knowledge.insights.questions import Asked
from knowledge.storage.orm import QuestionRow
from knowledge.storage.unit_of_work import UnitOfWork

_MOST = 20_000  # the newest; older habits tell little
_LISTS = {
    "subject": "subjects",
    "topic": "topics",
    "quarter": "quarters",
    "day": "days",
    "requirement": "requirements",
    "instructor": "instructors",
}


def logged_filters(units: UnitOfWork) -> Iterator[dict[str, Any]]:
    """The filters of the newest logged searches, by the names that a query has for them."""
    query = (
        select(QuestionRow.filters)
        .where(QuestionRow.kind == Asked.SEARCH.value)
        .order_by(QuestionRow.id.desc())
        .limit(_MOST)
    )
    with units.read() as work:
        for given in work.session.scalars(query).all():
            yield _filters(given)


def _filters(given: dict[str, list[str]]) -> dict[str, Any]:
    read: dict[str, Any] = {name: given[key] for key, name in _LISTS.items() if given.get(key)}
    if given.get("level"):
        read["level"] = given["level"][0]
    low, high = (_number(given, key) for key in ("units_min", "units_max"))
    if low is not None and high is not None:
        read["units"] = [low, high]
    hours = {end: _number(given, end) for end in ("earliest", "latest")}
    return {**read, **{end: minute for end, minute in hours.items() if minute is not None}}


def _number(given: dict[str, list[str]], key: str) -> int | None:
    text = (given.get(key) or [""])[0]
    return int(text) if text.isdecimal() else None
