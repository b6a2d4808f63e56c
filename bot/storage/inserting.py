"""Inserts that come second quietly: what two replicas write at once stands there once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_new(session: Session, row: type[DeclarativeBase], values: Mapping[str, object]) -> bool:
    """Insert the row; False when its key is taken, also by a transaction that ends just now."""
    return inserted_key(session, row, values) is not None


def inserted_key(
    session: Session, row: type[DeclarativeBase], values: Mapping[str, object]
) -> Any | None:
    """Insert and return the (first column of the) key; None when an equal row is there."""
    table = row.__table__
    assert isinstance(table, Table)
    postgres = session.connection().dialect.name == "postgresql"
    made = postgresql.insert(table) if postgres else sqlite.insert(table)
    key = next(iter(table.primary_key))
    insert = made.values(**values).on_conflict_do_nothing().returning(key)
    found = session.execute(insert).first()
    return None if found is None else found[0]
