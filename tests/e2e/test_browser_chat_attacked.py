"""The chat page in a real browser, with markup in all that the bot and the student can say."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import shots
from playwright.sync_api import Page, Response

from knowledge.model.students import Role

sys.path.insert(0, str(Path(__file__).parents[1] / "integration" / "security"))

from payloads import ADDRESSES, PAYLOADS

WATCH = "window.hits = []; window.hit = (n) => { window.hits.push(n ?? 0); };"
AT_ONCE = 25  # payloads in a round: the page keeps the latest hundred messages


class Visitor:
    """A browser with the chat page open, and a hand on both ends of its conversation."""

    def __init__(self, quad, page: Page) -> None:
        self.quad, self.page, self.token = quad, page, ""
        page.on("response", self._learn)
        page.goto(quad.site.replace("127.0.0.1", "localhost"))
        for _ in range(100):
            if self.token:
                break
            page.wait_for_timeout(100)
        assert self.token, "the page asked for no visitor's token"
        self.conversation = quad.gate.conversation(quad.gate.verify(self.token), "web")

    def _learn(self, response: Response) -> None:
        if response.url.endswith("/session/visitor") and response.ok:
            self.token = response.json()["token"]

    def say(self, text: str) -> None:
        """As if typed: the same conversation, through the REST door."""
        httpx.post(
            f"{self.quad.bot}/webhooks/rest/webhook",
            json={"sender": "web", "message": text},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=60,
        ).raise_for_status()

    def hear(self, message: dict) -> None:
        """As if the bot said it, whatever its texts hold."""
        httpx.post(
            f"{self.quad.bot}/webhooks/web/push",
            json={"conversation": self.conversation, "message": message},
            headers={"Authorization": f"Bearer {self.quad.token('jobs', Role.SERVICE)}"},
            timeout=60,
        ).raise_for_status()


@pytest.fixture
def visitor(browser, quad) -> Iterator[Visitor]:
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(30_000)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    # Only what a page's policy lets through gets as far as this.
    context.route(
        re.compile("evil"), lambda route: (asked.append(route.request.url), route.abort())
    )
    yield Visitor(quad, page)
    assert asked == []
    context.close()


def _messages(payload: str, number: int) -> list[dict]:
    """One payload in every field that a message of the bot can have."""
    address = ADDRESSES[number % len(ADDRESSES)]
    card = {
        "kind": "course",
        "code": payload,
        "title": payload,
        "units": payload,
        "lines": [payload, payload],
        "link": address,
        "actions": [{"title": payload, "say": payload}],
    }
    file = {"type": "file", "payload": {"src": address, "title": payload}}
    return [
        {"text": payload, "buttons": [{"title": payload, "payload": payload}]},
        {"text": "x", "custom": {"lead": payload, "cards": [card]}},
        {"text": "x", "attachment": file},
        {"text": "x", "image": address},
    ]


FIELDS = 13  # of these messages


def _unharmed(page: Page) -> None:
    page.wait_for_timeout(300)
    page.mouse.move(300, 300)
    assert page.evaluate("window.hits") == []
    assert len(page.frames) == 1


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), AT_ONCE))
def test_no_word_of_either_side_becomes_markup(visitor: Visitor, first: int) -> None:
    """Live as it arrives, and again from history after a reload."""
    some = PAYLOADS[first : first + AT_ONCE]
    for number, payload in enumerate(some):
        for message in _messages(payload, number):
            visitor.hear(message)
    _unharmed(visitor.page)
    for payload in some[::5]:
        visitor.say(payload)
    visitor.page.reload()
    _unharmed(visitor.page)
    shots.keep(visitor.page, f"chat_attacked_{first}", whole=False)
    print(f"{len(some) * FIELDS} payload x field combinations in the chat")
