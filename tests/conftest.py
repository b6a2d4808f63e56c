"""Fixtures for all tests: seeded databases that are made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from postgres_server import PostgresServer
from serving import served
from sqlite_files import settle

from knowledge.sample.load import prepare
from knowledge.storage.unit_of_work import UnitOfWork


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--running", action="store_true", help="speak to the Quad that `make run` has started"
    )


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample catalogue; never written to after that."""
    path = tmp_path_factory.mktemp("seeded") / "quad.db"
    units = UnitOfWork.at(f"sqlite:///{path}")
    assert prepare(units)
    settle(units)
    return path


@pytest.fixture(scope="session")
def catalogue(seeded_file: Path) -> Iterator[UnitOfWork]:
    """The seeded database for tests that only read."""
    units = UnitOfWork.at(f"sqlite:///{seeded_file}")
    yield units
    units.close()


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """The PostgreSQL that `make postgres` has started; fails where there is none."""
    server = PostgresServer.running()
    server.sweep()
    return server


@pytest.fixture(scope="session")
def seeded_template(postgres: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database with the sample catalogue, to be cloned."""
    with postgres.filled(prepare) as name:
        yield name


@pytest.fixture
def sqlite_url(seeded_file: Path, tmp_path: Path) -> str:
    """A copy of the seeded SQLite database."""
    shutil.copy(seeded_file, tmp_path / "quad.db")
    return f"sqlite:///{tmp_path / 'quad.db'}"


@pytest.fixture
def postgres_url(postgres: PostgresServer, seeded_template: str) -> Iterator[str]:
    """A clone of the seeded PostgreSQL database."""
    with postgres.database(seeded_template) as url:
        yield url


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A seeded database of its own: SQLite, unless tests are run on "postgres" too (indirect)."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
def units(database_url: str) -> Iterator[UnitOfWork]:
    """A unit of work on a copy of its own."""
    work = UnitOfWork.at(database_url)
    yield work
    work.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Any], str]]:
    """Serve an app on a free port in a thread of its own and return its address."""
    with ExitStack() as servers:
        yield lambda app: servers.enter_context(served(app))
