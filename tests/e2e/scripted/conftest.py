"""The page and the widget in front of a scripted bot; the site is real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_browser import watched
from playwright.sync_api import Browser, BrowserContext, Page
from widget_rig import Rig, rig


@pytest.fixture(scope="module")
def quad(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with rig(seeded_file, tmp_path_factory.mktemp("var")) as running:
        yield running


@pytest.fixture
def context(browser: Browser, quad: Rig) -> Iterator[BrowserContext]:
    quad.bot.history.clear()
    quad.bot.heard.clear()
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    with watched(context):
        yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
