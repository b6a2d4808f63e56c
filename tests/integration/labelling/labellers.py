"""Somebody who labels over HTTP, as the page does."""

from __future__ import annotations

import html
import json
import re

import httpx

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


class Page:
    """An answer, and what its first form holds."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.text = html.unescape(response.text)
        self.path = response.url.path
        found = re.search(r'id="labeller" method="post" action="([^"]+)"', response.text)
        self.action = found.group(1) if found else ""
        form = response.text[found.start() :] if found else response.text
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        self.fields = {name: html.unescape(value) for name, value in fields.items()}
        chosen = re.search(r'name="intent" value="(\w+)" checked', form)
        self.intent = chosen.group(1) if chosen else ""
        words = re.search(r'data-words="([^"]*)"', form)
        self.words = [w for _, w in json.loads(html.unescape(words.group(1)))] if words else []

    @property
    def item(self) -> int | None:
        """The number of the item that is shown."""
        return int(self.action.rsplit("/", 1)[1]) if self.action else None

    @property
    def spans(self) -> list[list]:
        """The labelled spans by their words."""
        return json.loads(self.fields["spans"])


class Person:
    """One who is signed in."""

    def __init__(self, site: str, token: str) -> None:
        self.http = httpx.Client(base_url=site, follow_redirects=True, timeout=30)
        self.signed = self.http.post("/label/sign-in", data={"token": token}).status_code

    def get(self, path: str = "/label/") -> Page:
        return Page(self.http.get(path))

    def send(self, page: Page, **changed: object) -> Page:
        """Send a page's form; `spans` may be given as values."""
        spans = changed.pop("spans", None)
        filled = {"act": "label", "intent": page.intent, **page.fields, **changed}
        if spans is not None:
            filled["spans"] = spans if isinstance(spans, str) else json.dumps(spans)
        return Page(self.http.post(page.action, data=filled))
