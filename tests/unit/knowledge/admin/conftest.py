"""A small registrar for edits and imports, and files for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clerk import Admin
from small_registrar import TODAY, SmallRegistrar, build

from knowledge.admin.importing import Importer
from knowledge.admin.previews import Preview, Removals
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallRegistrar]:
    units = UnitOfWork.at(f"sqlite:///{tmp_path / 'small.db'}")
    build(units)
    yield SmallRegistrar(units)
    units.close()


@pytest.fixture
def admin(small: SmallRegistrar) -> Admin:
    return Admin(small)


@pytest.fixture
def importer(small: SmallRegistrar) -> Importer:
    return Importer(small.units, TODAY, "admin:ada")


@pytest.fixture
def preview(importer: Importer, tmp_path: Path) -> Callable[..., Preview]:
    """Write a file and preview it."""

    def look(content: bytes | str, removals: Removals = Removals.KEEP) -> Preview:
        path = tmp_path / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return importer.preview(path, "file", removals)

    return look
