"""The site with the development provider, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from signing import SECRET, Browser, Refusals

from bot.identity.ended import EndedSignIns
from bot.identity.one_time import OneTimeCodes
from bot.identity.sign_ins import SignIns
from bot.site import create_app
from bot.storage.database import DoorDatabase
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


@pytest.fixture
def doors(units: UnitOfWork) -> DoorDatabase:
    return DoorDatabase(units)


@pytest.fixture
def sign_ins(doors: DoorDatabase) -> SignIns:
    return SignIns(doors, SECRET, EndedSignIns(doors))


@pytest.fixture
def other(site: str) -> Iterator[Browser]:
    """Somebody else's browser."""
    browser = Browser(site)
    yield browser
    browser.http.close()


@pytest.fixture
def codes(units: UnitOfWork) -> OneTimeCodes:
    return OneTimeCodes(DoorDatabase(units))


@pytest.fixture
def refusals(capsys: pytest.CaptureFixture[str]) -> Iterator[Refusals]:
    counted = Refusals()
    yield counted
    with capsys.disabled():
        print(f"\nrefused: {counted.count}")
