"""CSV files onto the stage: the header tells which table, every cell is read by its column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from knowledge.admin.facts import Table
from knowledge.admin.previews import Progress
from knowledge.admin.staging import Stage
from knowledge.formats.csv_columns import COLUMNS, Column, contradictions, read_cells
from knowledge.formats.csv_reader import CsvRow, read_rows

_TELLING = (
    ("suid", Table.STUDENTS),
    ("capacity", Table.SECTIONS),
    ("number", Table.SECTIONS),
    ("term", Table.SECTIONS),
    ("title", Table.COURSES),
    ("code", Table.COURSES),
)
_EVERY = 1000


@dataclass(frozen=True)
class _Header:
    table: Table
    columns: tuple[Column, ...]


def stage_csv(stage: Stage, name: str, source: BinaryIO, progress: Progress) -> None:
    """Read a whole file; faults of its syntax are raised, those of its cells noted."""
    rows = read_rows(source)
    first = next(rows, None)
    header = _header(stage, name, first)
    if header is None:
        return
    for count, row in enumerate(rows, 1):
        _stage_row(stage, name, header, row)
        if count % _EVERY == 0:
            progress("read", count, 0)


def _header(stage: Stage, name: str, row: CsvRow | None) -> _Header | None:
    if row is None:
        stage.fault(name, 1, "", "empty-file")
        return None
    names = [cell.strip().lower() for cell in row.cells]
    table = next((table for column, table in _TELLING if column in names), None)
    if table is None:
        stage.fault(name, row.line, names[0], "unknown-columns", ", ".join(names))
        return None
    columns = {column.name: column for column in COLUMNS[table]}
    before = stage.faults.count
    for position, each in enumerate(names):
        if each not in columns:
            stage.fault(name, row.line, each or f"column {position + 1}", "unknown-column", each)
        elif each in names[:position]:
            stage.fault(name, row.line, each, "duplicate-column", each)
    for column in COLUMNS[table]:
        if column.needed and column.name not in names:
            stage.fault(name, row.line, column.name, "missing-column", column.name)
    if stage.faults.count > before:
        return None
    return _Header(table, tuple(columns[each] for each in names))


def _stage_row(stage: Stage, name: str, header: _Header, row: CsvRow) -> None:
    if len(row.cells) != len(header.columns):
        first = min(len(row.cells), len(header.columns) - 1)
        value = f"{len(row.cells)} cells for {len(header.columns)} columns"
        stage.fault(name, row.line, header.columns[first].name, "ragged-row", value)
        return
    texts = {column.name: cell for column, cell in zip(header.columns, row.cells, strict=True)}
    facts, faults = read_cells(header.columns, texts)
    for found in faults or contradictions(header.table, facts):
        stage.fault(name, row.line, found["field"], found["problem"], found["value"])
        faults = [found]
    if not faults:
        stage.add(header.table, facts, name, row.line)
