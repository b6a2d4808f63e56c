"""Engines with the right habits: SQLite takes its write lock at the start of a writing unit."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError

_BUSY_SECONDS = 10
_POSTGRESQL = frozenset({"postgres", "postgresql"})
# Nobody waits for ever: not for a lock, and not for a process that stopped within a transaction.
_LIMITS = "-c lock_timeout=2500 -c idle_in_transaction_session_timeout=60000"
_IDLE_SECONDS = 5.0
_WAL_PAUSE_SECONDS = 0.02


def make_engine(url: str) -> Engine:
    """An engine for that URL; SQLite in WAL mode, so that readers never wait for a writer."""
    address = driven(url)
    if address.get_backend_name() != "sqlite":
        return _postgres(address)
    engine = create_engine(address, connect_args={"timeout": _BUSY_SECONDS}, pool_size=10)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def driven(url: str) -> URL:
    """The URL with its driver: `postgres://` and `postgresql://` are read as psycopg's."""
    address = make_url(url)
    bare = address.drivername in _POSTGRESQL
    return address.set(drivername="postgresql+psycopg") if bare else address


def _postgres(address: URL) -> Engine:
    limits = {"options": f"{address.query.get('options', '')} {_LIMITS}".strip()}
    engine = create_engine(
        address.difference_update_query(["options"]),
        connect_args=limits,
        pool_size=20,
        max_overflow=20,
        pool_timeout=5,
    )
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _test_idle)
    return engine


def _note_use(connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _test_idle(connection: Any, record: Any, proxy: Any) -> None:
    """A server that was restarted is noticed before a transaction begins, at no cost when busy."""
    if time.monotonic() - record.info.get("used", time.monotonic()) < _IDLE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except connection.Error as error:
        raise DisconnectionError from error


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # pysqlite would open transactions by itself, and only at the first write: too late to count
    # seats. We say BEGIN ourselves (below).
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Change the journal, once for all who open the file.

    SQLite does not call its busy handler for this one change: while another process holds a new
    file it fails at once. So we wait ourselves.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(_WAL_PAUSE_SECONDS)
        else:
            return


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
