"""The site with the development provider, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from signing import SECRET, Browser

from bot.site import create_app
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"QUAD_VAR": str(tmp_path / "var"), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET}
    )


@pytest.fixture
def site(settings: Settings, units: UnitOfWork, serve: Callable[[Any], str]) -> str:
    return serve(create_app(settings, units))


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    browser = Browser(site)
    yield browser
    browser.http.close()
