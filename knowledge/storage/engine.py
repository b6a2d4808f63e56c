"""Engines with the right habits: SQLite takes its write lock at the start of a writing unit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

_BUSY_SECONDS = 10
_POSTGRESQL = frozenset({"postgres", "postgresql"})


def make_engine(url: str) -> Engine:
    """An engine for that URL; SQLite in WAL mode, so that readers never wait for a writer."""
    address = driven(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=10)
    engine = create_engine(address, connect_args={"timeout": _BUSY_SECONDS}, pool_size=10)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def driven(url: str) -> URL:
    """The URL with its driver: `postgres://` and `postgresql://` are read as psycopg's."""
    address = make_url(url)
    bare = address.drivername in _POSTGRESQL
    return address.set(drivername="postgresql+psycopg") if bare else address


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # pysqlite would open transactions by itself, and only at the first write: too late to count
    # seats. We say BEGIN ourselves (below).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
