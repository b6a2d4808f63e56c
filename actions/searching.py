"""From a dialogue's query to the catalogue's answer: parameters, and what is tried in turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from knowledge.clients.values import ResultsView

PAGE = 8
Query = dict[str, Any]
_LISTS = {
    "subjects": "subject",
    "not_subjects": "not_subject",
    "topics": "topic",
    "quarters": "quarter",
    "days": "day",
    "not_days": "not_day",
    "requirements": "requirement",
    "tagged": "tagged",
    "not_tagged": "not_tagged",
    "instructors": "instructor",
}
_RANGES = {"units": ("units_min", "units_max"), "numbers": ("number_min", "number_max")}
_SINGLE = ("level", "year", "academic_start", "earliest", "latest", "grading")


def attempts(query: Query, academic_start: int) -> Iterator[Query]:
    """The query as it was probably meant, then wider readings of it.

    Nobody who says "in winter" means that of another year, unless there is none in this one; and a
    subject beside a topic may have been no more than what a student is interested in.
    """
    dated = bool({"year", "academic_start"} & query.keys())
    for asked in (query, _without_subjects(query)):
        if asked is not None and not dated:
            yield {**asked, "academic_start": academic_start}
        if asked is not None:
            yield asked
    if (of_topic := _misnamed(query)) is not None:
        yield of_topic


def _misnamed(query: Query) -> Query | None:
    """ "How about machne lerning": a misspelt topic is taken for somebody's name."""
    names = query.get("instructors", ())
    if not names or any(not name.islower() or " " not in name for name in names):
        return None
    kept = {k: v for k, v in query.items() if k not in ("instructors", "subjects", "about")}
    return {**kept, "topics": list(names)}


def _without_subjects(query: Query) -> Query | None:
    if not {"subjects", "topics"} <= query.keys():
        return None
    return {key: value for key, value in query.items() if key != "subjects"}


async def first_found(
    query: Query,
    academic_start: int,
    offset: int,
    ask: Callable[[list[tuple[str, str]]], Awaitable[ResultsView]],
) -> tuple[Query, ResultsView]:
    """The first attempt that finds something, without a year unless one was said; else the first
    of all, with what stands in its way.

    By totals, so that "more" goes on in the list that was begun.
    """
    first: ResultsView | None = None
    tried = list(attempts(query, academic_start))
    for attempt in tried:
        # What is asked again more widely when it finds nothing is no question in vain by itself.
        tentative = [("tentative", "1")] if attempt is not tried[-1] else []
        found = await ask([*params(attempt, offset), *tentative])
        if found.total:
            known = {*query, "topics"}
            kept = {key: value for key, value in attempt.items() if key in known}
            return kept, found
        first = first or found
    assert first is not None
    return query, first


def params(query: Query, offset: int = 0, limit: int = PAGE) -> list[tuple[str, str]]:
    """The parameters of ExploreCourses' JSON view."""
    given = [("limit", str(limit)), ("offset", str(offset))]
    for key, name in _LISTS.items():
        given += [(name, str(value)) for value in query.get(key, ())]
    given += [(key, str(query[key])) for key in _SINGLE if query.get(key) is not None]
    for key, names in _RANGES.items():
        if key in query:
            given += list(zip(names, map(str, query[key]), strict=True))
    given += [("avoid", _hours(avoided)) for avoided in query.get("avoided", ())]
    if query.get("no_prerequisites"):
        given.append(("prerequisites", "none"))
    if query.get("easy"):
        given.append(("sort", "easy"))
    if "about" in query:
        given.append(("about", query["about"][:200]))
    if "text" in query:
        # Nothing was tagged: whatever holds but some of the words would be off the point.
        given += [("q", query["text"][:200]), ("match", "all")]
    return given


def _hours(avoided: dict[str, Any]) -> str:
    """ "Friday:-600": before ten on Fridays."""
    ends = ("" if avoided[end] is None else str(avoided[end]) for end in ("earliest", "latest"))
    return f"{','.join(avoided['days'])}:{'-'.join(ends)}"
