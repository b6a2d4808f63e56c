"""A rater's browser without script."""

from __future__ import annotations

import re

import httpx

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


class Rater:
    """Looks at pages under /rate and sends their forms."""

    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, follow_redirects=True, timeout=30)

    def get(self, path: str = "") -> httpx.Response:
        return self.http.get(f"/rate/{path}").raise_for_status()

    def form(self, page: str, action: str) -> dict[str, str]:
        """The hidden fields of the form that is sent there."""
        found = re.search(rf'<form[^>]*action="{action}"[^>]*>(.*?)</form>', page, re.DOTALL)
        assert found is not None, f"no form for {action}"
        hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', found.group(1))
        return dict(hidden)

    def scoring(self, answer: httpx.Response, *scores: int) -> tuple[str, dict[str, str]]:
        """Where to send an item's scores, and what: in the order in which replies are shown."""
        path = answer.url.path
        names = list(dict.fromkeys(re.findall(r'name="(score-\d+)"', answer.text)))
        given = {name: str(score) for name, score in zip(names, scores, strict=True)}
        return path, {**self.form(answer.text, path), **given}

    def rate(self, answer: httpx.Response, *scores: int) -> httpx.Response:
        path, form = self.scoring(answer, *scores)
        return self.http.post(path, data=form)

    def undo(self, answer: httpx.Response) -> httpx.Response:
        return self.http.post("/rate/undo", data=self.form(answer.text, "/rate/undo"))

    def prefer(self, answer: httpx.Response, choice: str) -> httpx.Response:
        form = self.form(answer.text, answer.url.path)
        return self.http.post(answer.url.path, data={**form, "choice": choice})


def checked(page: str) -> list[int]:
    """The scores that stand on a page, in its order."""
    return [int(found) for found in re.findall(r'value="(\d)" required checked', page)]


def shown(page: str) -> list[str]:
    """The replies in the order of the page."""
    return re.findall(r"Reply \d to \d+", page)
