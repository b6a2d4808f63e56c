"""Signing in with the development provider in a real browser: the pop-up, and an admin's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from admin_browser import look
from playwright.sync_api import Browser, Page, expect

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret for the tests alone, longer than thirty-two bytes"
_LISTEN = """() => new Promise((resolve) => {
  addEventListener("message", ({ origin, data }) => resolve({ origin, ...data }), { once: true });
  open("/sign-in?popup=1", "quad-sign-in", "width=480,height=640");
})"""


@pytest.fixture
def site(units: UnitOfWork, tmp_path: Path, serve: Callable[[Any], str]) -> str:
    settings = Settings.from_env(
        {"QUAD_VAR": str(tmp_path / "var"), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET}
    )
    return serve(create_app(settings, units))


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a new browser; none may raise or break its own policy."""
    context = browser.new_context(base_url=site)
    errors: list[str] = []

    def watch(page: Page) -> None:
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Policy" in said.text else None)

    context.on("page", watch)
    yield context.new_page()
    assert errors == []
    context.close()


def test_the_providers_page_by_keyboard(page: Page, site: str) -> None:
    page.goto("/sign-in?next=/health")
    expect(page.get_by_role("heading", name="Who do you want to be?")).to_be_visible()
    expect(page.get_by_text("This is a development sign-in")).to_be_visible()
    look(page, "sign_in_provider")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Robin First")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/health")
    held = {each["name"]: each for each in page.context.cookies()}
    assert (held["quad"]["httpOnly"], held["quad"]["sameSite"]) == (True, "Lax")
    assert Gate(SECRET).verify(held["quad"]["value"]) == Principal("05990001", Role.STUDENT)


def test_who_cancels_is_told_and_nothing_happens(page: Page) -> None:
    page.goto("/sign-in?next=/health")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="You are not signed in")).to_be_visible()
    look(page, "sign_in_declined")
    assert "quad" not in {each["name"] for each in page.context.cookies()}


def test_the_pop_up_hands_a_code_to_the_page_that_opened_it(page: Page, site: str) -> None:
    page.goto("/sso/end-session")  # any page of ours
    with page.expect_popup() as opened:
        told = page.evaluate_handle(f"window.told = ({_LISTEN})(); null")
    del told
    popup = opened.value
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Casey Junior").click()
    message = page.evaluate("window.told")
    assert (message["type"], message["origin"]) == ("quad-signed-in", site)
    answer = httpx.post(f"{site}/session/exchange", json={"code": message["code"]}).json()
    assert (answer["suid"], answer["expires_in"]) == ("05990002", 600)
    assert Gate(SECRET).verify(answer["token"]) == Principal("05990002", Role.STUDENT)


def test_an_admin_signs_in_through_the_provider_and_out(page: Page) -> None:
    page.goto("/admin/sections?q=CS106A")
    look(page, "sign_in")
    page.get_by_role("link", name="Sign in with the university").click()
    page.get_by_role("button", name="Development admin").click()
    expect(page.get_by_role("heading", name="Sections")).to_be_visible()
    assert page.url.endswith("/admin/sections?q=CS106A")
    expect(page.get_by_text("Signed in as dev.admin")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/admin/")
    expect(page.get_by_role("link", name="Sign in with the university")).to_be_visible()


def test_a_student_is_kindly_kept_out_of_the_admin_pages(page: Page) -> None:
    page.goto("/admin/sign-in")
    page.get_by_role("link", name="Sign in with the university").click()
    page.get_by_role("button", name="Robin First").click()
    expect(page.get_by_role("heading", name="This is not for your account")).to_be_visible()
    look(page, "sign_in_refused")
