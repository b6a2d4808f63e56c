"""The doors' tables on a database of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import DoorDatabase
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def doors_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'doors.db'}"


@pytest.fixture
def doors(doors_url: str) -> Iterator[DoorDatabase]:
    units = UnitOfWork.at(doors_url)
    yield DoorDatabase(units)
    units.close()
