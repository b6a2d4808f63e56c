"""Every field of a message full of markup: it stays words, runs nothing, loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from chat_browser import Chat
from playwright.sync_api import Browser, Page, expect
from widget_rig import Rig
from xss_corpus import PAYLOADS

# What must never stand anywhere on the page, in shadow roots too.
_FOUND = """() => {
  const bad = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const tag = element.localName;
      if (/^(iframe|object|embed|base|form|meta|style|template|math|video|audio)$/.test(tag)
          && !element.closest("head")) bad.push(tag);
      if (tag === "script" && element.getAttribute("src") !== "/static/chat.js") bad.push(tag);
      for (const { name, value } of element.attributes) {
        if (/^on|^srcdoc$|^formaction$/.test(name)) bad.push(`${tag} ${name}`);
        const address = /^(href|src|xlink:href|action)$/.test(name);
        if (address && !/^(https?:|\\/|data:image\\/png;)/.test(value)) bad.push(value);
      }
    }
  };
  visit(document);
  return bad;
}"""


def _abroad(address: str) -> bool:
    return "evil.test" in (urlsplit(address).hostname or "")


@pytest.fixture
def page(browser: Browser, quad: Rig) -> Iterator[Page]:
    """A page on which nothing of a payload may run, navigate, or reach a foreign host."""
    quad.bot.history.clear()
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(30_000)
    hits: list[str] = []
    page.expose_function("quadHit", lambda *_: hits.append("ran"))
    page.on("dialog", lambda dialog: (hits.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: hits.append(str(error)))
    page.on("request", lambda asked: hits.append(asked.url) if _abroad(asked.url) else None)
    page.on("console", lambda said: hits.append(said.text) if "Policy" in said.text else None)
    context.on("page", lambda opened: hits.append(f"opened {opened.url}"))
    page.goto(quad.site)
    expect(Chat(page).field).to_be_visible()
    yield page
    assert hits == []
    assert page.url.rstrip("/") == quad.site
    context.close()


def _message(payload: str) -> dict:
    """The payload in every field that a message has."""
    button = {"title": payload, "payload": payload}
    card = {
        "kind": payload,
        "code": payload,
        "title": payload,
        "units": payload,
        "lines": [payload, f"- {payload}"],
        "link": payload,
        "actions": [{"title": payload, "say": payload}],
    }
    return {
        "id": payload,
        "text": payload,
        "buttons": [button],
        "image": payload if "evil.test" not in payload else None,
        "attachment": {"type": "file", "payload": {"src": payload, "title": payload}},
        "custom": {"lead": payload, "cards": [card]},
    }


def test_the_corpus_is_large() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_field_of_a_reply_becomes_markup(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    quad.bot.will_say(*(_message(payload) for payload in PAYLOADS))
    chat.say("go")
    expect(chat.replies).to_have_count(len(PAYLOADS), timeout=60_000)
    expect(chat.replies.first.locator("p").first).to_have_text(PAYLOADS[0])
    assert page.evaluate(_FOUND) == []
    page.wait_for_timeout(500)  # what would run by an error or a focus has had its time


def test_no_text_or_picture_alone_becomes_markup(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    plain = [{"text": payload} for payload in PAYLOADS]
    pictures = [
        {"text": payload, "attachment": {"type": payload, "payload": {"src": payload}}}
        for payload in PAYLOADS
        if "evil.test" not in payload
    ]
    quad.bot.will_say(*plain, *pictures)
    chat.say("go")
    expect(chat.replies).to_have_count(len(plain) + len(pictures), timeout=60_000)
    assert page.evaluate(_FOUND) == []
    for payload, shown in zip(PAYLOADS[:40], chat.replies.all()[:40], strict=True):
        assert payload.strip().replace("`", "") in shown.inner_text()  # code loses its marks


def test_history_and_own_words_stay_words(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    quad.bot.history[:] = [
        entry
        for payload in PAYLOADS
        for entry in (
            {"from": "user", "text": payload, "id": payload},
            {"from": "bot", **_message(payload)},
        )
    ]
    page.reload()
    expect(chat.said).to_have_count(len(PAYLOADS), timeout=60_000)
    assert chat.said.locator("*:not(.words):not(.mark)").count() == 0
    assert page.evaluate(_FOUND) == []
    quad.bot.history.clear()
    for payload in PAYLOADS[::12]:
        chat.say(payload.replace("\n", " "))
    expect(page.get_by_text("Not sent yet")).to_have_count(0, timeout=30_000)
    assert page.evaluate(_FOUND) == []


def test_the_address_of_the_page_holds_no_markup(page: Page, quad: Rig) -> None:
    for payload in PAYLOADS[::6]:
        value = quote(payload.encode("utf-8", "replace"))
        for path in (f"/?locale={value}&host={value}", f"/widget?locale={value}&host={value}"):
            page.goto(quad.site + path)
            expect(page.get_by_role("textbox")).to_be_visible()
            expect(page.locator("html")).to_have_attribute("lang", "en")
            assert page.evaluate(_FOUND) == []
    page.goto(quad.site)
