"""The widget on foreign pages, in front of a scripted bot."""

from __future__ import annotations

import re

import pytest
from chat_browser import Chat, look
from playwright.sync_api import Browser, Page, expect
from shown_cards import CARDS
from widget_rig import Rig

LAUNCHER = re.compile("the chat with Quad")


def _open_widget(page: Page, address: str) -> Chat:
    page.goto(address)
    page.get_by_role("button", name=LAUNCHER).click()
    chat = Chat(page.frame_locator("iframe"))
    expect(chat.field).to_be_visible()
    return chat


def _focused(page: Page) -> str:
    """The role of what has the focus, looked for through shadow roots."""
    return page.evaluate(
        """() => { let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.className || at?.tagName; }"""
    )


@pytest.mark.parametrize("place", ["home", "abroad"])
def test_the_widget_works_on_a_listed_page(page: Page, quad: Rig, place: str) -> None:
    chat = _open_widget(page, getattr(quad, place))
    quad.bot.will_say(CARDS)
    chat.say("courses in winter")
    expect(chat.place.get_by_role("heading", name="1. HISTORY1A Global History")).to_be_visible()
    look(page, f"widget_{place}")
    chat.place.get_by_role("button", name="Enroll").click()
    expect(chat.place.get_by_role("button", name="Enroll")).to_be_disabled()
    expect(chat.last).to_have_text("Heard.")
    assert [each["message"] for each in quad.bot.heard] == [
        "courses in winter",
        "enroll me in HISTORY1A",
    ]


def test_the_widget_is_refused_elsewhere(browser: Browser, quad: Rig) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(quad.stranger)
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.get_by_role("button", name=LAUNCHER).click()
    assert page.frame_locator("iframe").get_by_role("textbox").count() == 0
    context.close()


def test_the_page_itself_is_never_framed(page: Page, quad: Rig) -> None:
    headers = page.request.get(quad.site).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert "unsafe" not in headers["content-security-policy"]


def test_focus_goes_in_and_comes_back(page: Page, quad: Rig) -> None:
    page.goto(quad.home)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert _focused(page) == "launcher"
    page.keyboard.press("Enter")
    launcher = page.get_by_role("button", name=LAUNCHER)
    expect(launcher).to_have_attribute("aria-expanded", "true")
    chat = Chat(page.frame_locator("iframe"))
    expect(chat.field).to_be_focused()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    expect(chat.last).to_have_text("Heard.")
    page.keyboard.press("Escape")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    assert _focused(page) == "launcher"
    page.keyboard.press("Enter")
    chat.place.get_by_role("button", name="Close the chat").click()
    expect(page.locator("iframe")).to_be_hidden()


def test_what_comes_while_closed_is_counted(page: Page, quad: Rig) -> None:
    chat = _open_widget(page, quad.home)
    chat.say("tell me later")
    expect(chat.last).to_have_text("Heard.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=LAUNCHER)).to_be_focused()  # now the frame is told
    quad.bot.push({"text": "A seat freed: you are enrolled in CS229."})
    quad.bot.push({"text": "Have a nice term."})
    badge = page.locator(".badge")
    expect(badge).to_have_attribute("data-count", "2")
    look(page, "widget_unread")
    launcher = page.get_by_role("button", name="Open the chat with Quad (2 unread)")
    launcher.click()
    expect(badge).to_be_hidden()
    connected = len(quad.bot.tokens)
    page.reload()  # it was opened before: it counts without being opened again
    quad.bot.wait_for_tab(connected + 1)
    quad.bot.push({"text": "One more."})
    expect(badge).to_have_attribute("data-count", "1")


def test_several_includes_act_once_in_the_language_of_the_page(page: Page, quad: Rig) -> None:
    one = quad.pages.scripts
    spanish = one.replace("<script ", '<script data-locale="es" data-position="left" ')
    quad.pages.scripts = spanish.replace(" async", "") + one
    try:
        page.goto(quad.home)
        launcher = page.get_by_role("button", name="Abrir el chat con Quad")
        launcher.click()
        assert page.locator("button.launcher").count() == 1
        assert page.locator(".corner.left").count() == 1
        frame = page.frame_locator("iframe")
        expect(frame.get_by_text("Hola, soy Quad.")).to_be_visible()
        expect(frame.locator("html")).to_have_attribute("lang", "es")
        look(page, "widget_spanish")
    finally:
        quad.pages.scripts = one


def test_a_narrow_screen_is_filled(page: Page, quad: Rig) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    _open_widget(page, quad.home)
    assert page.locator("iframe").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}


def test_words_of_another_window_are_ignored(page: Page, quad: Rig) -> None:
    _open_widget(page, quad.home)
    page.evaluate("postMessage({type: 'quad-close'}, '*')")
    page.evaluate("postMessage({type: 'quad-unread', count: 7}, '*')")
    page.wait_for_timeout(300)
    expect(page.locator("iframe")).to_be_visible()
    expect(page.locator(".badge")).to_be_hidden()
