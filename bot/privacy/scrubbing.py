"""Clears what deleted rows leave behind in a database's files: free pages and the log."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Engine, text

from bot.privacy.errors import NotScrubbed

_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.1


def scrub(engine: Engine, patience: float = _PATIENCE_SECONDS) -> None:
    """Rewrite the database without what was deleted; raise NotScrubbed if others kept it busy.

    PostgreSQL marks the space as free and overwrites it in time; its own log and all backups run
    out by the operator's rules (docs/privacy.md).
    """
    sqlite = engine.dialect.name == "sqlite"
    if sqlite and not Path(engine.url.database or "").is_file():
        return
    until = time.monotonic() + patience
    while not (_rewritten(engine) if sqlite else _vacuumed(engine)):
        if time.monotonic() > until:
            raise NotScrubbed(Path(engine.url.database or "").name)
        time.sleep(_PAUSE_SECONDS)


def _vacuumed(engine: Engine) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
    return True


def _rewritten(engine: Engine) -> bool:
    """VACUUM writes every page anew, through the log; the log is then emptied."""
    connection = sqlite3.connect(engine.url.database or "", isolation_level=None)
    try:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise
    finally:
        connection.close()
