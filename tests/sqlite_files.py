"""SQLite files that are made once and copied."""

from __future__ import annotations

from knowledge.storage.unit_of_work import UnitOfWork


def settle(units: UnitOfWork) -> None:
    """Write everything into the file itself and close it: a copy of that file is then whole."""
    with units.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    units.close()
