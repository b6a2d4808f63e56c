"""The chat page in a real browser: sign in, enroll, reload, reconnect, upload, timetable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_browser import Chat, look, png, watched
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, quad) -> Iterator[Page]:
    context = browser.new_context()
    with watched(context):
        page = context.new_page()
        page.goto(quad.site.replace("127.0.0.1", "localhost"))
        yield page
    context.close()


@pytest.fixture
def chat(page: Page) -> Chat:
    return Chat(page)


def test_a_student_enrolls_and_drops(page: Page, chat: Chat) -> None:
    chat.sign_in(page, "05990001")
    chat.say("I want to enroll in CS106A")
    expect(chat.last).to_contain_text("quarter")
    choice = page.get_by_role("button", name="Winter 2019")
    choice.click()
    expect(choice).to_be_disabled()
    expect(chat.last).to_contain_text(re.compile("enrolled", re.IGNORECASE))
    chat.say("what am I enrolled in?")
    expect(chat.last).to_contain_text("CS106A")
    page.reload()
    expect(chat.said.last).to_have_text("what am I enrolled in?")
    chat.say("drop CS106A")
    expect(chat.last).to_contain_text("dropped CS106A")
    page.get_by_role("button", name="Sign out").click()
    expect(chat.who).to_have_text("Visitor")
    expect(chat.said).to_have_count(0)  # another speaker, another conversation


def test_a_visitor_is_asked_to_sign_in(chat: Chat) -> None:
    chat.say("enroll me in CS106A for winter 2019")
    expect(chat.last).to_contain_text("sign in")


def test_markup_stays_text(chat: Chat) -> None:
    words = "<img src=x onerror=alert(1)><b>hi</b> [x](javascript:alert(1))"
    chat.say(words)
    expect(chat.said.last).to_have_text(words, timeout=30_000)  # once it is not waiting any more
    assert chat.said.locator("img, b, a").count() == 0


def test_a_message_written_offline_arrives_once(page: Page, chat: Chat) -> None:
    chat.say("hello")
    expect(chat.last).not_to_be_empty()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    chat.say("how many units is CS106A?")
    expect(chat.said.last).to_contain_text("Not sent yet")
    page.context.set_offline(False)
    expect(chat.last).to_contain_text("3-5", timeout=30_000)
    expect(chat.said.filter(has_text="how many units")).to_have_count(1)
    expect(page.get_by_text("Not sent yet")).to_have_count(0)
    expect(page.get_by_text("You are offline.")).to_have_count(0)


def test_a_photo_is_classified(page: Page, chat: Chat, tmp_path: Path) -> None:
    photo = tmp_path / "my sky.png"
    photo.write_bytes(png())
    chat.sign_in(page, "05990002")
    page.get_by_label("Attach a picture").set_input_files(photo)
    expect(page.locator("#attached")).to_contain_text("my sky.png")
    page.get_by_role("button", name="Send").click()  # without a word: for which demo?
    expect(chat.last).to_contain_text("Which demo shall look at it?")
    page.get_by_role("button", name="Day or night").click()
    expect(chat.replies.locator("img").last).to_be_visible(timeout=30_000)
    expect(chat.replies.filter(has_text="looks like")).to_be_visible()
    chat.say("run day_night")
    expect(chat.last).to_contain_text("needs a photo")
    page.get_by_label("Attach a picture").set_input_files(photo)
    page.get_by_role("button", name="Send").click()  # the demo waits for it
    expect(chat.replies.filter(has_text="looks like")).to_have_count(2, timeout=30_000)
    expect(page.get_by_text("This picture is no longer there.")).to_have_count(0)


def test_a_timetable_is_shown_and_saved(page: Page, chat: Chat) -> None:
    chat.sign_in(page, "05990003")
    chat.say("enroll me in CS106A for winter 2019")
    expect(chat.last).to_contain_text(re.compile("enrolled", re.IGNORECASE))
    chat.say("show my timetable")
    picture = chat.replies.locator("a.picture")
    expect(picture.first).to_be_visible(timeout=30_000)
    assert picture.first.locator("img").get_attribute("alt")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Calendar file")).last.click()
    assert "BEGIN:VCALENDAR" in download.value.path().read_text()
    chat.say("drop CS106A")
    expect(chat.last).to_contain_text("dropped CS106A")


def test_the_page_has_names_for_everything(page: Page, chat: Chat) -> None:
    expect(chat.log).to_be_attached()
    expect(page.get_by_label("Your message")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    chat.say("history courses in spring")
    expect(page.get_by_role("button", name="american history")).to_be_visible()
    look(page, "choices")
