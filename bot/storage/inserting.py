"""Inserts that come second quietly: what two replicas write at once stands there once."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.storage.tables.base import Base


def insert_new(session: Session, row: type[Base], values: Mapping[str, object]) -> bool:
    """Insert the row; False when its key is taken, also by a transaction that ends just now."""
    table = row.__table__
    assert isinstance(table, Table)
    postgres = session.connection().dialect.name == "postgresql"
    made = postgresql.insert(table) if postgres else sqlite.insert(table)
    key = next(iter(table.primary_key))
    insert = made.values(**values).on_conflict_do_nothing().returning(key)
    return session.execute(insert).first() is not None
