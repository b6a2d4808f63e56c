"""The widget on foreign pages, and the page's own states, in front of a scripted bot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_browser import Chat, look, png, watched
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from widget_rig import Rig, rig

LAUNCHER = re.compile("the chat with Quad")
CARDS = {
    "text": "CS106A and HISTORY1A",
    "custom": {
        "lead": "Two courses in **Winter 2019**:",
        "cards": [
            {
                "kind": "course",
                "code": "HISTORY1A",
                "title": "Global History: The Ancient World",
                "units": "3-5",
                "number": 1,
                "lines": ["Mon, Wed 10:30–11:50, Lane 200", "12 of 60 seats free"],
                "link": "https://explorecourses.stanford.edu/search?q=HISTORY1A",
                "actions": [{"title": "Enroll", "say": "enroll me in HISTORY1A"}],
            },
            {
                "kind": "enrollment",
                "code": "CS106A",
                "title": "Programming Methodology",
                "units": "5 units",
                "lines": ["Winter 2019, enrolled"],
                "link": None,
                "actions": [{"title": "Drop", "say": "drop CS106A"}],
            },
        ],
    },
}


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_page(browser: Browser, quad: Rig, scheme: str) -> None:
    quad.bot.history.clear()
    context = browser.new_context(color_scheme=scheme)
    with watched(context):
        page = context.new_page()
        page.goto(quad.site)
        chat = Chat(page)
        expect(page.get_by_text("Hi, I'm Quad.")).to_be_visible()
        look(page, f"welcome_{scheme}")
        quad.bot.will_say(CARDS, {"text": "Which one?", "buttons": [{"title": "The first"}]})
        chat.say("courses in winter")
        expect(page.get_by_role("button", name="The first")).to_be_visible()
        look(page, f"cards_{scheme}")
        quad.bot.push({"text": "Training…", "progress": 0.4})
        expect(page.get_by_role("progressbar")).to_be_visible()
        chat.sign_in(page, "05990001")
        look(page, f"signed_in_{scheme}")
        context.set_offline(True)
        chat.say("are you there?")
        expect(page.get_by_text("Not sent yet")).to_be_visible()
        look(page, f"offline_{scheme}")
        context.set_offline(False)
        expect(chat.last).to_have_text("Heard.", timeout=30_000)
    context.close()


def test_two_tabs_are_one_conversation(context: BrowserContext, page: Page, quad: Rig) -> None:
    one, other = Chat(page), Chat(context.new_page())
    page.goto(quad.site)
    expect(one.field).to_be_visible()
    other.place.goto(quad.site)
    expect(other.field).to_be_visible()
    other.say("from the other tab")
    for chat in (one, other):
        expect(chat.said.last).to_have_text("from the other tab")
        expect(chat.last).to_have_text("Heard.")
        expect(chat.said).to_have_count(1)
    assert len(set(quad.bot.tokens[-2:])) == 1
    page.reload()
    expect(one.said).to_have_count(1)
    expect(one.last).to_have_text("Heard.")
    one.sign_in(page, "05990002")  # the other tab follows
    expect(other.who).to_contain_text("Signed in as")


def test_a_bot_that_goes_and_comes_back(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    chat.say("one")
    expect(chat.last).to_have_text("Heard.")
    quad.bot.stop()
    expect(page.get_by_text("You are offline.")).to_be_visible(timeout=30_000)
    chat.say("two")
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    quad.bot.start()
    expect(chat.replies).to_have_count(2, timeout=30_000)
    expect(page.get_by_text("Not sent yet")).to_have_count(0)
    assert [each["message"] for each in quad.bot.heard] == ["one", "two"]


def test_new_replies_are_read_out_and_leave(page: Page, quad: Rig) -> None:
    page.clock.install()
    chat = Chat(page)
    page.goto(quad.site)
    page.clock.run_for(200)
    quad.bot.will_say({"text": "Which quarter?", "buttons": [{"title": "Winter"}]})
    chat.say("enroll me")
    expect(chat.log).to_contain_text("Quad said: Which quarter?")
    expect(chat.log).to_contain_text("Winter")
    page.clock.run_for(25_000)
    expect(chat.log).to_be_empty()


def test_files_are_named_and_refused_kindly(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    expect(chat.field).to_be_visible()
    attach, line = page.get_by_label("Attach a picture"), page.locator("#attached")
    name = "<img src=x onerror=alert(1)>.png"
    attach.set_input_files({"name": name, "mimeType": "image/png", "buffer": png()})
    expect(line).to_contain_text(f"{name} is attached.")
    look(page, "attached")
    page.get_by_role("button", name="Remove the attached file").click()
    expect(line).to_be_hidden()
    big = {"name": "big.png", "mimeType": "image/png", "buffer": b"x" * (10 * 1024 * 1024 + 1)}
    attach.set_input_files(big)
    expect(line).to_contain_text("big.png is too large: 10 MB at most.")
    attach.set_input_files({"name": "sky.png", "mimeType": "image/png", "buffer": png()})
    expect(line).to_contain_text("sky.png is attached.")
    chat.say("run day_night")
    expect(chat.last).to_have_text("Heard.")
    expect(line).to_be_hidden()
    assert re.fullmatch("[0-9a-f]{32}", quad.bot.heard[-1]["metadata"]["upload"])
    chat.say("and again")
    expect(chat.said.last).to_have_text("and again")
    expect(chat.replies).to_have_count(2)
    assert "upload" not in quad.bot.heard[-1]["metadata"]


def test_a_sign_in_that_is_left_changes_nothing(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    expect(chat.who).to_have_text("Visitor")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in").click()
    opened.value.close()
    expect(chat.field).to_be_focused(timeout=10_000)
    expect(chat.who).to_have_text("Visitor")


def test_a_token_that_runs_out_is_renewed(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    expect(chat.field).to_be_visible()
    chat.sign_in(page, "05990001")
    page.evaluate(
        """() => { const set = JSON.parse(localStorage["quad-session"]);
        localStorage["quad-session"] = JSON.stringify({...set, until: 0}); }"""
    )
    with page.expect_response("**/session/refresh") as renewed:
        page.reload()
    expect(chat.who).to_contain_text("Signed in as")
    chat.say("still me")
    expect(chat.last).to_have_text("Heard.")
    assert quad.bot.tokens[-1] == renewed.value.json()["token"]
    page.evaluate(
        """() => { const set = JSON.parse(localStorage["quad-session"]);
        localStorage["quad-session"] = JSON.stringify({...set, until: 0, refresh: "spent"}); }"""
    )
    page.reload()
    expect(chat.who).to_have_text("Visitor")
    expect(page.get_by_text("Your sign-in has ended")).to_be_visible()


def test_replies_are_read_aloud_when_wanted(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    aloud = page.get_by_role("button", name="Read aloud")
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "true")
    quad.bot.will_say({"text": "You are enrolled in CS106A."})
    with page.expect_request("**/voice/say") as asked:
        chat.say("enroll me in CS106A")
    assert asked.value.post_data_json == {"text": "You are enrolled in CS106A.", "locale": "en"}
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "false")


def test_whose_voice_is_remembered(page: Page, quad: Rig) -> None:
    page.goto(quad.site)
    page.get_by_label("Voice").select_option("Browser's voice")
    expect(page.get_by_text("may send your voice to its maker")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Voice")).to_have_value("browser")


def test_a_microphone_that_is_refused_is_told_kindly(page: Page, quad: Rig) -> None:
    page.goto(quad.site)
    expect(Chat(page).field).to_be_visible()
    page.get_by_role("button", name="Speak").click()
    expect(page.get_by_text(re.compile("microphone"))).to_be_visible()
    expect(page.get_by_role("button", name="Speak")).to_have_attribute("aria-pressed", "false")


def test_the_switch_of_the_notes_shows_what_was_saved(page: Page, quad: Rig) -> None:
    saved = {"wanted": True, "works": True}

    def answer(route: Route) -> None:
        if route.request.method == "PUT" and not saved["works"]:
            return route.fulfill(status=503)
        if route.request.method == "PUT":
            saved["wanted"] = route.request.post_data_json["wanted"]
        return route.fulfill(json={"wanted": saved["wanted"]})

    page.route("**/notes", answer)
    chat = Chat(page)
    page.goto(quad.site)
    switch = page.get_by_role("button", name="Notify me")
    expect(chat.field).to_be_visible()
    expect(switch).to_be_hidden()
    chat.sign_in(page, "05990001")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert saved["wanted"] is False
    saved["works"] = False
    switch.click()
    expect(page.get_by_text("This setting could not be saved.")).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "false")
