"""The rating page in a real browser: by keyboard alone, looked at, and looked at by axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from admin_browser import look
from playwright.sync_api import Browser, Page, expect
from rated import items

from bot.evaluation.storage.store import RatingStore
from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


@pytest.fixture
def store(units: UnitOfWork) -> RatingStore:
    made = RatingStore(units)
    made.add(items(2))
    return made


@pytest.fixture
def page(
    browser: Browser, store: RatingStore, units: UnitOfWork, tmp_path: Path, serve: Callable
) -> Iterator[Page]:
    """A rater who has signed in by keyboard; no page may raise or break its own policy."""
    settings = Settings.from_env({"QUAD_VAR": str(tmp_path / "var"), "QUAD_SECRET": SECRET})
    context = browser.new_context(base_url=serve(create_app(settings, units)))
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Policy" in said.text else None)
    page.goto("/rate/")
    look(page, "rate_sign_in")
    page.get_by_label("Rater's token").focus()
    page.keyboard.insert_text(Gate(SECRET).issue(Principal("ada", Role.RATER)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Which reply fits?")).to_be_visible()
    _listens(page)
    yield page
    assert errors == []
    context.close()


def _ratings(store: RatingStore) -> list[list[int]]:
    return [list(r.scores.values()) for judged in store.judged() for r in judged.ratings]


def _listens(page: Page) -> None:
    """Wait until its script has set the focus: what was pressed before is lost."""
    expect(page.locator(":focus")).to_have_count(1)


def _checked(page: Page) -> list[str]:
    script: Any = "inputs => inputs.map(input => input.value)"
    return page.locator("[data-candidate] input:checked").evaluate_all(script)


def _focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.closest('[data-candidate]')?.querySelector('legend').textContent"
    )


def test_everything_is_done_by_keyboard(page: Page, store: RatingStore) -> None:
    look(page, "rate_item")
    expect(page.get_by_text("0 of 2 done")).to_be_visible()
    assert _focused(page) == "Reply A"
    page.keyboard.press("4")
    page.keyboard.press("Enter")  # three are missing: nothing is sent, the next one is in focus
    expect(page.get_by_text("Reply B has no score yet.")).to_be_visible()
    assert _focused(page) == "Reply B"
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    assert _focused(page) == "Reply C"
    page.keyboard.press("5")
    page.keyboard.press("Tab")
    assert _focused(page) == "Reply D"
    page.keyboard.press("1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("3")
    assert _checked(page) == ["4", "2", "3", "1"]
    page.reload()  # what was not sent yet is still there
    _listens(page)
    assert _checked(page) == ["4", "2", "3", "1"]
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2 done")).to_be_visible()
    assert _ratings(store) == [[4, 2, 3, 1]]
    _listens(page)
    page.keyboard.press("u")
    expect(page.get_by_text("taken back")).to_be_visible()
    _listens(page)
    assert _checked(page) == ["4", "2", "3", "1"]
    assert _ratings(store) == []
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2 done")).to_be_visible()
    assert _checked(page) == []
    assert _ratings(store) == [[5, 2, 3, 1]]


def test_a_shared_best_score_is_asked_about_and_then_all_is_done(
    page: Page, store: RatingStore
) -> None:
    for key in ("a", "n"):
        for _ in range(4):
            page.keyboard.press("3")
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Which would you rather get?")).to_be_visible()
        if key == "a":
            look(page, "rate_pair")
            page.reload()
        _listens(page)
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(r"/rate/(items/\d+)?$"))
        if key == "a":
            expect(page.get_by_text("1 of 2 done")).to_be_visible()
            _listens(page)
    expect(page.get_by_role("heading", name="All done")).to_be_visible()
    look(page, "rate_done")
    chosen = [r.preference.chosen for judged in store.judged() for r in judged.ratings]
    assert sorted(each is None for each in chosen) == [False, True]


def test_going_back_and_sending_again_counts_once(page: Page, store: RatingStore) -> None:
    for key in "1234":
        page.keyboard.press(key)
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2 done")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("You have rated this conversation")).to_be_visible()
    _listens(page)
    assert _checked(page) == ["1", "2", "3", "4"]
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2 done")).to_be_visible()
    assert _ratings(store) == [[2, 2, 3, 4]]
