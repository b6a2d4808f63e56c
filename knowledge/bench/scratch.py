"""A database that is made for one measurement and dropped after it; nobody's data is touched."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL

from knowledge.storage.engine import driven


@contextmanager
def scratch(url: str) -> Iterator[str]:
    """The URL of a new, empty database beside the one named: same folder, or same server."""
    address = driven(url)
    if address.get_backend_name() == "sqlite":
        yield from _file(address)
    else:
        yield from _database(address)


def _file(address: URL) -> Iterator[str]:
    beside = Path(address.database or ".").parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quad-bench-", dir=beside) as folder:
        yield f"sqlite:///{folder}/quad.db"


def _database(address: URL) -> Iterator[str]:
    name = f"quad_bench_{os.getpid()}_{secrets.token_hex(4)}"
    with _server(address) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with _server(address) as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _server(address: URL) -> Iterator[Connection]:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
