"""The tests' PostgreSQL: a database of its own for each test, cloned from a filled template."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import URL, make_url

from knowledge.storage.unit_of_work import UnitOfWork

_PREFIX = "quad_test_"
_ADDRESS = Path(os.environ.get("QUAD_VAR", "var")) / "postgres" / "url"


@dataclass(frozen=True)
class PostgresServer:
    """Makes and drops databases on one server."""

    url: URL
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @classmethod
    def running(cls) -> PostgresServer:
        """The server that `make postgres` has started; without it the tests fail, never skip."""
        try:
            server = cls(make_url(_ADDRESS.read_text().strip()))
            with server._connect():
                return server
        except (OSError, psycopg.OperationalError):
            pytest.fail("PostgreSQL does not run: please run `make postgres`.", pytrace=False)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database like the template's, dropped in the end."""
        name = f"{_PREFIX}{os.getpid()}_{next(self._numbers)}"
        query = SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(query.format(Identifier(name), Identifier(template)))
        yield self.url.set(database=name).render_as_string(hide_password=False)
        self._drop(name)

    @contextmanager
    def filled(self, fill: Callable[[UnitOfWork], object]) -> Iterator[str]:
        """The name of a new database that was filled once, to be cloned."""
        with self.database() as url:
            units = UnitOfWork.at(url)
            fill(units)
            units.close()
            yield make_url(url).database or ""

    def sweep(self) -> None:
        """Drop what the tests of dead processes have left."""
        with self._connect() as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]
            ).fetchall()
        for (name,) in names:
            if not Path(f"/proc/{name.removeprefix(_PREFIX).split('_')[0]}").exists():
                self._drop(name)

    def _drop(self, name: str) -> None:
        self._execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def _execute(self, query: object) -> None:
        with self._connect() as connection:
            connection.execute(query)

    def _connect(self) -> psycopg.Connection:
        address = self.url.render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True, connect_timeout=5)
