"""What the browser tests of the admin pages share: looking, and being looked at by axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shots
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / "bot" / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def look(page: Page, name: str) -> None:
    """Keep a picture, wide and narrow; nothing cut off, nothing out of reach for anybody."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        shots.keep(page, f"admin_{name}_{width}")
        spread = page.evaluate("document.documentElement.scrollWidth")
        assert spread <= width, f"{name} is {spread} wide on a screen of {width}"
        assert violations(page) == [], name
    page.set_viewport_size({"width": 1280, "height": 900})


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds wrong: the rule, and the first element that breaks it."""
    page.evaluate(AXE.read_text())
    found: Any = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES
    )
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
