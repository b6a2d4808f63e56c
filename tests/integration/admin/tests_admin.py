"""What the tests of the admin pages share: a browser without script, and look-ups."""

from __future__ import annotations

import re
from datetime import date

import httpx

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


def course_id(units: UnitOfWork, code: str) -> int:
    """The number of a course."""
    with units.read() as work:
        return work.catalogue.course(code).course_id


def section_of(units: UnitOfWork, code: str) -> int:
    """The first class of a course in Winter 2019, or in its first term."""
    with units.read() as work:
        found = work.catalogue.sections(work.catalogue.course(code).course_id)
    winter = [s.class_id for s in found if str(s.term) == "Winter 2019" and s.parent is None]
    return winter[0] if winter else found[0].class_id
