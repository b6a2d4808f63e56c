"""The page's own states, in front of a scripted bot."""

from __future__ import annotations

import re

import pytest
from chat_browser import Chat, look, watched
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from shown_cards import CARDS
from widget_rig import Rig


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
