"""Everything about the registrar runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from small_registrar import SmallRegistrar, build
from sqlite_files import settle
from worlds import TINY, Worlds

from knowledge.storage.unit_of_work import UnitOfWork

DATABASES = ("sqlite", "postgres")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs a database here is run on each."""
    for fixture in ("database_url", "small_url"):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, DATABASES, indirect=True)


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small registrar's file, never written to after that."""
    path = tmp_path_factory.mktemp("small") / "small.db"
    units = UnitOfWork.at(f"sqlite:///{path}")
    build(units)
    settle(units)
    return path


@pytest.fixture(scope="session")
def small_template(postgres: PostgresServer) -> Iterator[str]:
    """The small registrar on PostgreSQL, to be cloned."""
    with postgres.filled(build) as name:
        yield name


@pytest.fixture
def small_sqlite_url(small_file: Path, tmp_path: Path) -> str:
    """A copy of the small registrar's file."""
    shutil.copy(small_file, tmp_path / "small.db")
    return f"sqlite:///{tmp_path / 'small.db'}"


@pytest.fixture
def small_postgres_url(postgres: PostgresServer, small_template: str) -> Iterator[str]:
    """A clone of the small registrar's database."""
    with postgres.database(small_template) as url:
        yield url


@pytest.fixture
def small_url(request: pytest.FixtureRequest) -> str:
    """The small registrar on a database of its own."""
    url: str = request.getfixturevalue(f"small_{request.param}_url")
    return url


@pytest.fixture
def small(small_url: str) -> Iterator[SmallRegistrar]:
    """The small registrar itself."""
    units = UnitOfWork.at(small_url)
    yield SmallRegistrar(units)
    units.close()


@pytest.fixture(params=DATABASES)
def worlds(
    request: pytest.FixtureRequest, postgres: PostgresServer, tmp_path: Path
) -> Iterator[Worlds]:
    """Copies of a tiny generated university, on each database."""
    if request.param == "postgres":
        with postgres.filled(TINY.build) as name:
            yield Worlds("postgres", name, postgres)
        return
    units = UnitOfWork.at(f"sqlite:///{tmp_path / 'tiny.db'}")
    TINY.build(units)
    settle(units)
    yield Worlds("sqlite", str(tmp_path / "tiny.db"))
