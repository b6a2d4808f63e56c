"""The small registrar on a database file of each test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_registrar import SmallRegistrar, build

from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small registrar's file, never written to after that."""
    path = tmp_path_factory.mktemp("small") / "small.db"
    units = UnitOfWork.at(f"sqlite:///{path}")
    build(units)
    with units.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    units.close()
    return path


@pytest.fixture
def small(small_file: Path, tmp_path: Path) -> Iterator[SmallRegistrar]:
    """A copy of its own."""
    shutil.copy(small_file, tmp_path / "small.db")
    units = UnitOfWork.at(f"sqlite:///{tmp_path / 'small.db'}")
    yield SmallRegistrar(units)
    units.close()
