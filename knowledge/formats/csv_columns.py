"""The columns of each table: the CSV formats, and the fields of the forms, as docs/admin.md lists.

A cell's value is a fact: a JSON value. Terms have columns for their form only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.formats import csv_cells as cells
from knowledge.formats import csv_patterns as patterns
from knowledge.formats.csv_cells import CellInvalid, Read, Write
from knowledge.model.courses import Grading, Level

_PLAIN = cells.write_plain
_LONGEST = 100_000
_SHOWN = 80


@dataclass(frozen=True)
class Column:
    """A column: `read` raises CellInvalid; only a `needed` one must be in every file."""

    name: str
    read: Read
    write: Write = _PLAIN
    needed: bool = False


Columns = tuple[Column, ...]

COURSES: Columns = (
    Column("code", cells.code, needed=True),
    Column("cross_listings", cells.codes, cells.join),
    Column("title", cells.text(200, needed=True), needed=True),
    Column("description", cells.text(_LONGEST)),
    Column("units_min", cells.number(0, 99), needed=True),
    Column("units_max", cells.number(0, 99), needed=True),
    Column("usual_units", cells.number(0, 99)),
    Column("level", cells.one_of(Level), needed=True),
    Column("requirements", cells.texts(40), cells.join),
    Column("gradings", cells.several_of(Grading), cells.join),
    Column("repeatable", cells.flag, cells.write_flag),
    Column("max_times", cells.optional_number(1, 99)),
    Column("prerequisites", cells.prerequisite),
    Column("prerequisite_prose", cells.text(_LONGEST)),
    Column("topics", cells.texts(80), cells.join),
)
SECTIONS: Columns = (
    Column("term", cells.term, needed=True),
    Column("code", cells.code, needed=True),
    Column("number", cells.text(4, needed=True), needed=True),
    Column("class_id", cells.optional_number(1, 999_999_999)),
    Column("component", cells.text(4, needed=True)),
    Column("capacity", cells.seats, cells.write_seats, needed=True),
    Column("waitlist_capacity", cells.seats, cells.write_seats),
    Column("meetings", patterns.meetings, patterns.write_meetings, needed=True),
    Column("instructors", cells.texts(80), cells.join),
    Column("parent", cells.optional_text(25)),
    Column("reserved", patterns.reserved, patterns.write_reserved),
    Column("add_consent", cells.flag, cells.write_flag),
    Column("cancelled", cells.flag, cells.write_flag),
)
TERMS: Columns = (
    Column("quarter", lambda cell: _quarter(cell), needed=True),
    Column("year", cells.number(1970, 2069), needed=True),
    Column("starts", cells.day, needed=True),
    Column("ends", cells.day, needed=True),
    Column("enroll_opens", cells.day, needed=True),
    Column("enroll_closes", cells.day, needed=True),
    Column("drop_by", cells.day, needed=True),
    Column("withdraw_by", cells.optional_day),
    Column("windows", patterns.windows, patterns.write_windows),
)
STUDENTS: Columns = (
    Column("suid", cells.suid, needed=True),
    Column("name", cells.text(80, needed=True), needed=True),
    Column("programme", cells.text(80), needed=True),
    Column("completed", cells.codes, cells.join),
    Column("completed_all", cells.flag, cells.write_flag),
    Column("max_units", cells.number(0, 99)),
    Column("holds", cells.texts(200), cells.join),
    Column("window_opens", cells.optional_day),
    Column("window_closes", cells.optional_day),
    Column("groups", cells.texts(40), cells.join),
)
COLUMNS: Mapping[str, Columns] = {
    "courses": COURSES,
    "sections": SECTIONS,
    "terms": TERMS,
    "students": STUDENTS,
}


def _quarter(cell: str) -> str:
    return cells.term(f"{cell} 2000").split()[0]


def read_cells(
    columns: Iterable[Column], texts: Mapping[str, str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The facts of the cells that are given, and the faults (field, problem, value, position)."""
    facts: dict[str, Any] = {}
    faults: list[dict[str, Any]] = []
    for column in columns:
        if column.name not in texts:
            continue
        text = texts[column.name]
        try:
            facts[column.name] = column.read(text)
        except CellInvalid as error:
            fault = {"problem": error.problem, "value": text[:_SHOWN], "position": error.position}
            faults.append({"field": column.name, **fault})
    return facts, faults


def write_cells(columns: Iterable[Column], facts: Mapping[str, Any]) -> dict[str, str]:
    """The texts of those facts that have a column."""
    return {c.name: c.write(facts[c.name]) for c in columns if c.name in facts}


def contradictions(table: str, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Fields that are sound alone but not together, as faults; fields that lack are not judged."""
    return [
        {"field": field, "problem": problem, "value": str(facts[field])[:_SHOWN], "position": None}
        for first, field, problem in _ORDERED.get(table, ())
        if facts.get(first) is not None and facts.get(field) is not None
        if _rank(facts[field]) < _rank(facts[first])
    ]


def _rank(value: Any) -> Any:
    return value if isinstance(value, int | str) else sorted(value)


# (what comes first, what may not be less, the problem)
_ORDERED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "courses": (
        ("units_min", "units_max", "less-than-units-min"),
        ("units_min", "usual_units", "outside-units"),
        ("usual_units", "units_max", "outside-units"),
    ),
    "terms": (
        ("starts", "ends", "ends-before-start"),
        ("enroll_opens", "enroll_closes", "ends-before-start"),
        ("starts", "drop_by", "before-term"),
        ("drop_by", "ends", "drop-deadline-after-term"),
        ("drop_by", "withdraw_by", "before-drop-deadline"),
        ("withdraw_by", "ends", "withdrawal-after-term"),
    ),
    "students": (("window_opens", "window_closes", "ends-before-start"),),
}
