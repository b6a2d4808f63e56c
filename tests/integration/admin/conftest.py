"""The site with a database of its own, and browsers without a screen: one admin, and others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
SECRET = "a secret for the tests alone, longer than thirty-two bytes"


class Clerk:
    """A browser without script: it fills in the forms that pages show."""

    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, follow_redirects=True, timeout=30)

    def get(self, path: str) -> str:
        return self.http.get(f"/admin/{path}").raise_for_status().text

    def form(self, path: str, action: str | None = None) -> dict[str, str]:
        """The fields of a page's form as they stand."""
        return fields(self.get(path), action or f"/admin/{path}")

    def send(self, action: str, form: dict[str, str]) -> httpx.Response:
        return self.http.post(action, data=form)

    def change(self, path: str, **fields: str) -> httpx.Response:
        return self.send(f"/admin/{path}", {**self.form(path), **fields})


def fields(page: str, action: str) -> dict[str, str]:
    """What a browser would send for the form with that action."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form is not None, f"no form for {action}"
    body = form.group(1)
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "checkbox" not in tag:
            found[name.group(1)] = _plain(value.group(1) if value else "")
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL
    ):
        found[name] = _plain(text)
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', body, re.DOTALL
    ):
        chosen = re.search(r"<option[^>]* selected[^>]*>([^<]*)", options)
        first = re.search(r'<option(?: value="([^"]*)")?>([^<]*)', options)
        assert chosen or first
        found[name] = chosen.group(1) if chosen else (first.group(1) or first.group(2))
    return found


def _plain(text: str) -> str:
    for entity, character in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(entity, character)
    return text.replace("&amp;", "&")


@pytest.fixture
def site(units: UnitOfWork, tmp_path: Path, serve: Callable[[Any], str]) -> str:
    settings = Settings.from_env(
        {"QUAD_VAR": str(tmp_path / "var"), "QUAD_TODAY": TODAY.isoformat(), "QUAD_SECRET": SECRET}
    )
    return serve(create_app(settings, units))


@pytest.fixture
def token() -> Callable[[str, Role], str]:
    return lambda name, role: Gate(SECRET).issue(Principal(name, role))


@pytest.fixture
def clerk(site: str, token: Callable[[str, Role], str]) -> Iterator[Clerk]:
    clerk = Clerk(site)
    signed = clerk.http.post("/admin/sign-in", data={"token": token("ada", Role.ADMIN)})
    assert signed.status_code == 200
    yield clerk
    clerk.http.close()
