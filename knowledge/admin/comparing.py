"""The diff of a stage against the database, which confirming then carries out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.previews import Difference, Kind, Progress
from knowledge.admin.records.keys import term_text
from knowledge.admin.records.registry import records_of
from knowledge.admin.staging import Label, Stage, Staged
from knowledge.formats.csv_cells import CellInvalid
from knowledge.formats.csv_columns import COLUMNS, Column

SHOWN = 500
_EVERY = 1000


@dataclass(frozen=True)
class Changed:
    """A record that is there and differs: the fields as they are and as the file wants them."""

    staged: Staged
    key: str
    before: Facts
    after: Facts


@dataclass
class Diff:
    """What is to be done, by table; unchanged records are only counted."""

    new: dict[Table, list[Staged]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[Table, list[Changed]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[Table, list[str]] = field(default_factory=lambda: defaultdict(list))
    cancelled: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shown: list[Difference] = field(default_factory=list)

    def show(
        self,
        table: Table,
        kind: Kind,
        label: str,
        before: Facts | None,
        after: Facts | None,
        row: int = 0,
    ) -> None:
        """Count a record, and list it unless there are too many of its kind."""
        self.counts[table][kind.value] += 1
        if kind is not Kind.UNCHANGED and self.counts[table][kind.value] <= SHOWN:
            self.shown.append(Difference(table, label, kind, before, after, row))


def label_text(label: Label) -> str:
    """A natural key as people read it."""
    if isinstance(label, str):
        return label
    term_id, code, number = label
    return f"{code} {number}, {term_text(term_id)}"


def compare(session: Session, stage: Stage, progress: Progress) -> Diff:
    """Every staged record against the one it is; what is absent from the file comes later."""
    diff = Diff()
    for table, staged in stage.tables():
        present = {item.key: (label, item) for label, item in staged if item.key}
        columns = {column.name: column for column in COLUMNS[table]}
        for count, state in enumerate(records_of(table, session).load(present.keys()), 1):
            label, item = present[state.key]
            _judge(diff, columns, state, label, item)
            if count % _EVERY == 0:
                progress("compare", count, len(present))
        for label, item in staged:
            if item.key is None:
                diff.new[table].append(item)
                facts = item.facts if diff.counts[table][Kind.NEW.value] < SHOWN else None
                diff.show(table, Kind.NEW, label_text(label), None, facts, item.row)
    return diff


def _judge(
    diff: Diff, columns: Mapping[str, Column], state: State, label: Label, item: Staged
) -> None:
    after = dict(_different(columns, state, item.facts))
    if not after:
        diff.show(state.table, Kind.UNCHANGED, "", None, None)
        return
    before = {name: state.facts.get(name) for name in after}
    diff.changed[state.table].append(Changed(item, state.key, before, after))
    diff.show(state.table, Kind.CHANGED, label_text(label), before, after, item.row)


def _different(
    columns: Mapping[str, Column], state: State, facts: Facts
) -> Iterator[tuple[str, Any]]:
    if state.table is Table.COURSES:
        facts = _keeping_rule(state.facts, facts)
    for name, value in facts.items():
        if name == "class_id":  # its own, or free to be assigned
            continue
        old = state.facts.get(name)
        if value != old and not (name in columns and _same(columns[name], old, value)):
            yield name, value


def _same(column: Column, old: Any, value: Any) -> bool:
    """Whether a stored value would be read back from a file as this one."""
    try:
        return bool(column.read(column.write(old)) == value)
    except (CellInvalid, AttributeError, KeyError, TypeError, ValueError):
        return False


def _keeping_rule(old: Facts, facts: Facts) -> Facts:
    """A rule in the database that is certain outlives a reading of prose; units keep in range."""
    kept = dict(facts)
    if "prerequisite_confidence" in facts:
        if old["prerequisites"] is not None and old["prerequisite_confidence"] == 1.0:
            del kept["prerequisites"], kept["prerequisite_confidence"]
    elif "prerequisites" in facts and facts["prerequisites"] != old["prerequisites"]:
        kept["prerequisite_confidence"] = 1.0
    if "extras" in facts:
        kept["extras"] = {**old["extras"], **facts["extras"]}
    if "usual_units" not in facts and "units_min" in facts:
        usual = min(max(old["usual_units"], facts["units_min"]), facts["units_max"])
        kept["usual_units"] = usual
    return kept
