"""Whether facts may be written: each field by its column, then together, then against the others.

The same checks serve forms and imports; faults have `field`, `problem`, `value`, `position`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, Table
from knowledge.admin.records.courses import CourseRecords, codes_of
from knowledge.admin.records.keys import SectionKeys, parent_key, term_named
from knowledge.formats.csv_cells import CellInvalid
from knowledge.formats.csv_columns import COLUMNS, contradictions
from knowledge.model.prerequisites import codes, parse

FieldFault = dict[str, Any]
# What a record is found by is not changed in place: a new record is another one.
_FIXED: Mapping[Table, frozenset[str]] = {
    Table.COURSES: frozenset(),
    Table.SECTIONS: frozenset({"term", "code", "number", "class_id"}),
    Table.TERMS: frozenset({"quarter", "year"}),
    Table.STUDENTS: frozenset({"suid"}),
}


def fault(field: str, problem: str, value: object = "") -> FieldFault:
    """A fault of one field."""
    return {"field": field, "problem": problem, "value": str(value)[:80], "position": None}


def normalised(table: Table, facts: Mapping[str, Any]) -> tuple[Facts, list[FieldFault]]:
    """Facts as their cells would be read again, and what cannot be one of this table's."""
    columns = {column.name: column for column in COLUMNS[table]}
    good: Facts = {}
    faults: list[FieldFault] = []
    for name, value in facts.items():
        column = columns.get(name)
        if column is None:
            faults.append(fault(name, "unknown-field", value))
            continue
        try:
            good[name] = column.read(column.write(value))
        except CellInvalid as error:
            faults.append({**fault(name, error.problem, value), "position": error.position})
        except (AttributeError, KeyError, TypeError, ValueError):
            faults.append(fault(name, "wrong-type", value))
    return good, faults


def missing(table: Table, facts: Mapping[str, Any]) -> list[FieldFault]:
    """Fields without which there is no record of this table."""
    needed = (column.name for column in COLUMNS[table] if column.needed)
    return [fault(name, "missing") for name in needed if name not in facts]


def fixed(table: Table, old: Facts, new: Mapping[str, Any]) -> list[FieldFault]:
    """Changes of what a record is found by."""
    changed = [name for name in _FIXED[table] if name in new and new[name] != old[name]]
    return [fault(name, "not-changeable", new[name]) for name in sorted(changed)]


def together(table: Table, facts: Facts) -> list[FieldFault]:
    """Faults that whole facts have in themselves."""
    faults = contradictions(table, facts)
    if table is Table.COURSES:
        tree = facts["prerequisites"]
        if tree is not None and set(map(str, codes(parse(tree)))) & set(codes_of(facts)):
            faults.append(fault("prerequisites", "names-itself", tree))
    if table is Table.SECTIONS and sum(r["seats"] for r in facts["reserved"]) > facts["capacity"]:
        faults.append(fault("reserved", "more-than-capacity"))
    if table is Table.STUDENTS and (facts["window_opens"] is None) != (
        facts["window_closes"] is None
    ):
        faults.append(fault("window_opens", "half-a-window"))
    return faults


def against_others(session: Session, table: Table, key: str, facts: Facts) -> list[FieldFault]:
    """Faults that facts have against what else the database holds; `key` is "" for a new one."""
    if table is Table.COURSES:
        owners = CourseRecords(session).owners()
        taken = [c for c in codes_of(facts) if c in owners and str(owners[c][0]) != key]
        field = {facts["code"]: "code"}
        return [fault(field.get(code, "cross_listings"), "code-taken", code) for code in taken]
    if table is Table.SECTIONS and facts["parent"] is not None:
        return _parent_faults(session, key, facts)
    return []


def _parent_faults(session: Session, key: str, facts: Facts) -> list[FieldFault]:
    wanted = parent_key(term_named(facts["term"]).term_id, facts["code"], facts["parent"])
    owner = CourseRecords(session).owners().get(facts["code"])
    found = SectionKeys.read(session, [owner[0]] if owner else []).class_of(wanted)
    if found is None:
        return [fault("parent", "unknown-parent", facts["parent"])]
    return [fault("parent", "own-parent", facts["parent"])] if str(found) == key else []
