"""Checking in with a real browser, a real job server and drawn faces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chat_browser
import pytest
from admin_browser import look
from playwright.sync_api import Browser, Locator, Page, expect
from serving import served

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork
from skills.faces.sample import sample
from skills.serving import server
from skills.serving.records import Records
from skills.serving.runner import Runner

SECRET = "a secret for the tests alone, longer than thirty-two bytes"
STUDENT = "05990001"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A job server with the committed encoder."""
    var = tmp_path_factory.mktemp("faces")
    (var / "uploads").mkdir()
    runner, gate = Runner(var / "jobs", Records(var / "jobs.db")), Gate(SECRET)
    app = server.create_app(
        runner, var / "uploads", None, lambda shown: gate.admit(shown).role is Role.SERVICE
    )
    with served(app) as url:
        yield Settings.from_env(
            {"QUAD_VAR": str(var), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET,
             "QUAD_SKILLS_PORT": url.rpartition(":")[2]}
        )  # fmt: skip


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four of an invented person, then one of somebody who looks quite different."""
    folder = tmp_path_factory.mktemp("photos")
    paths = [folder / f"{number}.png" for number in range(5)]
    for path, photo in zip(paths, [*sample(1, 4), *sample(1, 1, seed=21)], strict=True):
        path.write_bytes(photo)
    return paths


@pytest.fixture
def page(
    browser: Browser, settings: Settings, units: UnitOfWork, serve: Callable[[Any], str]
) -> Iterator[Page]:
    """A signed-in student's; no page may raise or break its own policy."""
    site = serve(create_app(settings, units))
    context = browser.new_context(base_url=site)
    token = Gate(SECRET).issue(Principal(STUDENT, Role.STUDENT))
    context.add_cookies([{"name": "quad", "value": token, "url": site, "httpOnly": True}])
    with chat_browser.watched(context):
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page
    context.close()


def _photo(page: Page, number: int = 1) -> Locator:
    return page.locator(f"#photo{number}")


def _told(page: Page, text: str, how: str = "status") -> None:
    """What the page says in the end; torch is loaded with the first photo."""
    expect(page.get_by_role(how)).to_contain_text(text, timeout=60_000)  # type: ignore[arg-type]


def _enrol(page: Page, photos: list[Path]) -> None:
    for number, photo in enumerate(photos[:3], 1):
        _photo(page, number).set_input_files(photo)
    page.get_by_label("I agree that Quad keeps these numbers").check()
    page.get_by_role("button", name="Set up checking in by photo").click()
    _told(page, "Your photos were turned into numbers")


def test_consent_check_in_and_erasing(page: Page, photos: list[Path], settings: Settings) -> None:
    page.goto("/check-in")
    expect(page.get_by_text(STUDENT)).to_be_visible()
    consent = page.get_by_label("I agree that Quad keeps these numbers")
    expect(consent).not_to_be_checked()
    look(page, "check_in_first")

    _enrol(page, photos)
    expect(consent).to_have_count(0)
    look(page, "check_in_enrolled")

    _photo(page).set_input_files(photos[3])
    page.get_by_role("button", name="Check in by photo").click()
    _told(page, "That looks like you. You are checked in.")
    expect(page.get_by_role("listitem")).to_have_text([re.compile("UTC, by photo$")])
    look(page, "check_in_done")

    _photo(page).set_input_files(photos[4])  # somebody else's
    page.get_by_role("button", name="Check in by photo").click()
    _told(page, "does not look enough like yours")
    expect(page.get_by_role("listitem")).to_have_count(1)
    look(page, "check_in_unlike")

    page.get_by_label("Also forget when I checked in").check()
    page.get_by_role("button", name="Erase my face data").click()
    _told(page, "Your face data and your consent are gone")
    expect(page.get_by_role("button", name="Set up checking in by photo")).to_be_visible()
    expect(page.get_by_role("heading", name="What is kept about you here")).to_have_count(0)
    assert [*(settings.var / "uploads").iterdir()] == []


def test_what_does_not_work_is_told_kindly(page: Page, photos: list[Path], tmp_path: Path) -> None:
    page.goto("/check-in")
    for number in (1, 2, 3):
        _photo(page, number).set_input_files(photos[number])
    page.get_by_role("button", name="Set up checking in by photo").click()
    _told(page, "without your consent no photo is looked at", "alert")

    wrong = tmp_path / "timetable.png"
    wrong.write_text("Monday: algebra")
    for number, path in enumerate((photos[0], wrong, photos[1]), 1):
        _photo(page, number).set_input_files(path)
    page.get_by_label("I agree that Quad keeps these numbers").check()
    page.get_by_role("button", name="Set up checking in by photo").click()
    _told(page, "no picture that Quad can read", "alert")
    look(page, "check_in_refused")
    page.reload()  # the form again; the browser sends it once more
    _told(page, "no picture that Quad can read", "alert")
    page.goto(page.url)
    expect(page).to_have_url(re.compile("/check-in$"))
    expect(page.get_by_role("alert")).to_have_count(0)


def test_by_keyboard_alone(page: Page, photos: list[Path]) -> None:
    page.on("filechooser", lambda _: None)  # else catching them goes off and on with each, late
    page.goto("/check-in")
    _press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    _press(page, "Enter", "Tab")
    expect(page.get_by_role("button", name="I am here")).to_be_focused()
    _press(page, "Enter")
    _told(page, "You are checked in.")
    _press(page, *["Tab"] * 4)
    for number in (1, 2, 3):
        expect(_photo(page, number)).to_be_focused()
        with page.expect_file_chooser() as chooser:
            _press(page, "Space")
        chooser.value.set_files(photos[number])
        _press(page, "Tab")
    _press(page, "Space", "Tab")
    expect(page.get_by_role("button", name="Set up checking in by photo")).to_be_focused()
    _press(page, "Enter")
    _told(page, "Your photos were turned into numbers")
    page.get_by_role("button", name="Erase my face data").press("Enter")
    _told(page, "are gone")
    page.get_by_role("button", name="Forget when I checked in").press("Enter")
    _told(page, "It is forgotten when you checked in")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_chat_leads_students_here(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    link = page.get_by_role("link", name="Check in")
    expect(link).to_have_count(0)  # a visitor has nothing to check in
    signed_in = {"token": "t", "refresh": None, "suid": STUDENT, "name": "Robin", "until": 9e15}
    page.evaluate("set => localStorage.setItem('quad-session', JSON.stringify(set))", signed_in)
    page.reload()
    expect(link).to_be_visible()
    chat_browser.look(page, "check_in_link")
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value).to_have_url(re.compile("/check-in$"))
    expect(opened.value.get_by_role("heading", name="Check in", exact=True)).to_be_visible()
