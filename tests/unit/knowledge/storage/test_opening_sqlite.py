"""A new database file that another process holds at this moment is waited for."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from sqlalchemy import text

from knowledge.storage.unit_of_work import UnitOfWork


def test_a_file_held_by_another_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE held (id INTEGER)")
    other.execute("BEGIN IMMEDIATE")  # the lock that SQLite's busy handler does not wait for here
    release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    release.start()
    units = UnitOfWork.at(f"sqlite:///{path}")
    with units.read() as work:
        assert work.session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert work.session.scalar(text("SELECT count(*) FROM held")) == 0
    release.join()
    other.close()
    units.close()
