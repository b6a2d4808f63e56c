"""Export of courses, sections and students as CSV that re-imports unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.admin.facts import Table
from knowledge.admin.records.registry import records_of
from knowledge.formats.csv_columns import COLUMNS
from knowledge.formats.csv_writer import write_csv
from knowledge.storage.unit_of_work import UnitOfWork


def export(units: UnitOfWork, table: Table) -> Iterator[bytes]:
    """The CSV of a table (courses, sections or students) in pieces, formulas neutralised."""
    with units.read() as work:
        facts = (state.facts for state in records_of(table, work.session).load())
        yield from write_csv(COLUMNS[table], facts)
