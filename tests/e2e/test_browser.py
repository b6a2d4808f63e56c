"""The chat page in a real browser: sign in, enroll with a click, reload, reconnect, upload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, quad) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(quad.site.replace("127.0.0.1", "localhost"))
    yield page
    assert errors == []
    context.close()


def _say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def _sign_in(page: Page, suid: str) -> None:
    page.select_option("#student", suid)
    page.click("#sign-in-button")
    expect(page.locator("#who")).to_contain_text("Signed in as")


def _last(page: Page):
    return page.locator("#messages li.bot").last


def test_a_student_enrolls_and_drops(page: Page) -> None:
    _sign_in(page, "05990001")
    _say(page, "I want to enroll in CS106A")
    expect(_last(page)).to_contain_text("quarter")
    page.get_by_role("button", name="Winter 2019").click()
    expect(_last(page)).to_contain_text(re.compile("enrolled", re.IGNORECASE))
    _say(page, "what am I enrolled in?")
    expect(_last(page)).to_contain_text("CS106A")
    page.reload()
    expect(page.locator("#messages")).to_contain_text("what am I enrolled in?")
    _say(page, "drop CS106A")
    expect(_last(page)).to_contain_text("dropped CS106A")


def test_a_visitor_is_asked_to_sign_in(page: Page) -> None:
    _say(page, "enroll me in CS106A for winter 2019")
    expect(_last(page)).to_contain_text("sign in")


def test_markup_stays_text(page: Page) -> None:
    _say(page, "<img src=x onerror=alert(1)><b>hi</b>")
    expect(page.locator("#messages li.user").last).to_have_text(
        "<img src=x onerror=alert(1)><b>hi</b>"
    )
    assert page.locator("#messages li.user img").count() == 0


def test_a_message_written_offline_arrives_once(page: Page) -> None:
    _say(page, "hello")
    expect(_last(page)).not_to_be_empty()
    page.context.set_offline(True)
    page.wait_for_timeout(300)
    _say(page, "how many units is CS106A?")
    page.context.set_offline(False)
    expect(_last(page)).to_contain_text("3-5", timeout=30_000)
    assert page.locator("#messages li.user", has_text="how many units").count() == 1


def test_a_photo_is_classified(page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "sky.png"
    Image.new("RGB", (200, 150), (110, 170, 250)).save(photo)
    _sign_in(page, "05990002")
    page.set_input_files("#file", photo)
    expect(page.locator("#attached")).to_contain_text("attached")
    _say(page, "run day_night")
    expect(page.locator("#messages li.bot img").last).to_be_visible(timeout=30_000)
    expect(page.locator("#messages")).to_contain_text("looks like")


def test_the_page_has_names_for_everything(page: Page) -> None:
    expect(page.get_by_role("log")).to_be_attached()
    expect(page.get_by_label("Your message")).to_be_visible()
    expect(page.get_by_label("Sample student")).to_be_visible()
