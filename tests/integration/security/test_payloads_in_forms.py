"""Markup in parameters, forms and files: what comes back is text."""

from __future__ import annotations

import csv
import html
import io
import re
import time
from urllib.parse import quote, urlsplit

from markup import dangers
from payloads import PAYLOADS


def test_parameters_of_pages_come_back_as_text(target) -> None:
    """Every parameter of every page, and the last part of its path."""
    tried = 0
    pages = [
        found
        for found in target.routes
        if found.method == "GET" and found.area in ("admin", "label", "rate", "docs", "", "sign-in")
    ]
    for payload in PAYLOADS:
        for found in pages:
            if found.parameters:
                params = dict.fromkeys(found.parameters, payload)
                tried += _harmless(target, found.at(target.samples), params, len(params))
        for path in ("/", "/admin/courses/", "/admin/imports/", "/label/items/", "/rate/items/"):
            tried += _harmless(target, path + httpx_safe(payload), {}, 1)
    print(f"{tried} payload x parameter combinations")
    assert tried > 1_500


def httpx_safe(payload: str) -> str:
    return quote(payload, safe="")


def _harmless(target, path: str, params: dict[str, str], count: int) -> int:
    answer = target.people.get(path, params=params)
    assert answer.status_code < 500, (path, params)
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert dangers(answer.text) == [], (path, params)
    return count


def test_what_a_refused_form_shows_again_is_text(target) -> None:
    """Every field of every form of the admin, filled with every payload and sent."""
    tried = 0
    forms = _forms(target)
    assert len(forms) >= 5
    for payload in PAYLOADS:
        for action, fields in forms.items():
            names = [name for name in fields if name not in ("form_key", "form_id", "version")]
            form = {**fields, **dict.fromkeys(names, payload), "form_id": f"{tried:032d}"}
            answer = target.people.post(action, data=form)
            assert answer.status_code < 500, (action, payload)
            assert dangers(answer.text) == [], (action, payload)
            tried += len(names)
    print(f"{tried} payload x form field combinations")
    assert tried > 2_000


def test_the_forms_of_signing_in(target) -> None:
    for payload in PAYLOADS:
        for area in ("admin", "label", "rate"):
            form = {"token": payload, "back": f"/{area}/{payload}"}
            answer = target.stranger.post(f"/{area}/sign-in", data=form)
            assert answer.status_code in (401, 422), (area, payload)
            assert dangers(answer.text) == [], (area, payload)


def _forms(target) -> dict[str, dict[str, str]]:
    """The forms that change something, by where they are sent."""
    pages = (
        "courses/{course_id}", "courses/{course_id}/prerequisites", "sections/{class_id}",
        "terms/{term_id}", "students/{suid}",
    )  # fmt: skip
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        found |= _posts(target.people.get(f"/admin/{page.format(**target.samples)}").text)
    return {action: form for action, form in found.items() if "sign-out" not in action}


def _posts(page: str) -> dict[str, dict[str, str]]:
    """A page's forms that change something: where they are sent, and their fields."""
    found = {}
    for tag, body in re.findall(r'<form([^>]*method="post"[^>]*)>(.*?)</form>', page, re.DOTALL):
        action = html.unescape(re.search(r'action="([^"]+)"', tag)[1])
        names = re.findall(r'<(?:input|textarea|select)\b[^>]*name="([^"]+)"', body)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', body))
        found[action] = {**dict.fromkeys(names, ""), **hidden}
    return found


def test_a_course_list_of_payloads_is_previewed_and_imported_as_text(target) -> None:
    """Titles, descriptions and the file's name through the admin's import, to the last page."""
    header, *rows = csv.reader(io.StringIO(target.people.get("/admin/exports/courses.csv").text))
    good = [payload for payload in PAYLOADS if payload.isprintable() or "\n" in payload]
    for row, payload in zip(rows, good, strict=False):
        row[header.index("title")] = payload.replace("\n", " ")
        row[header.index("description")] = f"{payload}{payload}"
    shown = _settled(target, _upload(target, [header, *rows]))
    text = html.unescape(shown)
    assert sum(payload.replace("\n", " ") in text for payload in good) >= 100
    action, form = next(
        (action, form) for action, form in _posts(shown).items() if action.endswith("/confirm")
    )
    done = target.people.post(action, data=form, follow_redirects=True)
    assert "Imported." in _settled(target, done)
    for number in range(1, 8):
        page = target.people.get("/admin/courses", params={"page": str(number)})
        assert dangers(page.text) == []


def test_faults_of_a_file_are_told_as_text(target) -> None:
    header, *rows = csv.reader(io.StringIO(target.people.get("/admin/exports/sections.csv").text))
    for row, payload in zip(rows, PAYLOADS, strict=False):
        for column in ("capacity", "meetings", "component", "parent"):
            row[header.index(column)] = payload
    shown = _settled(target, _upload(target, [header, *rows]))
    assert "cannot be imported" in shown


def _upload(target, lines: list[list[str]]):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    form = _posts(target.people.get("/admin/imports").text)["/admin/imports/upload"]
    name = "<img src=x onerror=hit()>.csv"
    return target.people.post(
        "/admin/imports/upload",
        data={**form, "removals": "keep"},
        files={"file": (name, out.getvalue().encode())},
        follow_redirects=True,
    )


def _settled(target, answer) -> str:
    """The page once the work behind it is done; harmless all the while."""
    for _ in range(300):
        assert dangers(answer.text) == []
        if "Look again" not in answer.text:
            return answer.text
        time.sleep(0.1)
        answer = target.people.get(urlsplit(str(answer.url)).path)
    raise AssertionError(answer.text)
