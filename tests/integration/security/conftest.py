"""Sites under attack, each with a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import launched
from playwright.sync_api import Browser
from poison import poison
from targets import Target, attacked


@pytest.fixture(scope="module")
def target(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The sample catalogue, with everybody's session."""
    folder = tmp_path_factory.mktemp("attacked")
    shutil.copy(seeded_file, folder / "quad.db")
    with attacked(folder) as found:
        yield found


@pytest.fixture(scope="module")
def poisoned_site(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A site in whose database every text is a payload."""
    folder = tmp_path_factory.mktemp("poisoned")
    shutil.copy(seeded_file, folder / "quad.db")
    with attacked(folder, poison) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real one: only it knows for sure what runs."""
    with launched() as started:
        yield started
