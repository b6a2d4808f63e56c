"""Pictures of pages from the browser tests, kept under var/screenshots as CI artefacts."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SHOTS = Path(__file__).parents[2] / "var" / "screenshots"


def keep(page: Page, name: str, *, whole: bool = True) -> Path:
    """One picture of a page as it is now; `name` says which page, and what it shows.

    The caret is left as it is: hiding it would put styles on the page's own elements, against its
    policy.
    """
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=whole, caret="initial")
    return path
