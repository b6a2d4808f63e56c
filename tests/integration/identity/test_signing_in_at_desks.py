"""Staff sign in to `/admin`, `/label` and `/rate` with the university, and out again."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest
from signing import ADMIN, RATER, SECRET, STUDENT, Browser

from bot.identity import Gate
from knowledge.model.students import Principal, Role

DESKS = ("admin", "label", "rate")


def _enter(browser: Browser, desk: str, person: str) -> httpx.Response:
    """Follow the button of the sign-in page, choose somebody, and go on."""
    page = browser.http.get(f"/{desk}/sign-in")
    link = re.search(r'href="(/sign-in\?next=[^"]+)"', page.text).group(1)
    query = unescape(link).partition("?")[2]
    return browser.sign_in(person, query)


@pytest.mark.parametrize("desk", DESKS)
def test_an_admin_signs_in_and_out(browser: Browser, desk: str) -> None:
    on = _enter(browser, desk, ADMIN)
    assert f'href="/{desk}/"' in on.text
    cookie = on.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", f"path=/{desk}"))
    page = browser.http.get(f"/{desk}/")
    assert page.status_code == 200
    (token,) = (each.value for each in browser.http.cookies.jar if each.path == f"/{desk}")
    assert Gate(SECRET).verify(token) == Principal("dev.admin", Role.ADMIN)
    form = dict(re.findall(r'name="(form_key|form_id)" value="(\w+)"', page.text)[:2])
    out = browser.http.post(f"/{desk}/sign-out", data=form)
    assert (out.status_code, out.headers["location"]) == (303, f"/{desk}/sign-in")
    name = "quad_admin" if desk == "admin" else "quad_rater"
    copied = httpx.get(f"{browser.site}/{desk}/", cookies={name: token})
    assert copied.status_code == 401
    assert browser.record(token) == 401


@pytest.mark.parametrize(
    ("desk", "person", "status"),
    [
        ("admin", RATER, 403),
        ("admin", STUDENT, 403),
        ("label", STUDENT, 403),
        ("rate", STUDENT, 403),
        ("label", RATER, 200),
        ("rate", RATER, 200),
    ],
)
def test_the_role_decides(browser: Browser, desk: str, person: str, status: int) -> None:
    answer = _enter(browser, desk, person)
    assert answer.status_code == status
    if status == 403:
        assert "This is not for your account" in answer.text
        assert "set-cookie" not in answer.headers
        assert browser.http.get(f"/{desk}/").status_code == 401


def test_an_unfinished_page_is_opened_again(browser: Browser) -> None:
    asked = browser.http.get("/admin/sections?q=CS 106")
    link = unescape(re.search(r'href="(/sign-in\?next=[^"]+)"', asked.text).group(1))
    on = browser.sign_in(ADMIN, link.partition("?")[2])
    assert 'href="/admin/sections?q=CS%20106"' in on.text


def test_a_session_shown_before_gets_nothing_by_signing_in(browser: Browser) -> None:
    """Session fixation: what a browser had before is not what it has afterwards."""
    planted = Gate(SECRET).issue(Principal("eve", Role.ADMIN))
    browser.http.cookies.set("quad_admin", planted, domain="127.0.0.1", path="/admin")
    _enter(browser, "admin", ADMIN)
    held = {each.value for each in browser.http.cookies.jar if each.name == "quad_admin"}
    assert planted not in held


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"]
)
@pytest.mark.parametrize("path", ["/admin/sign-in", "/rate/sign-in", "/label/sign-in", "/sign-out"])
def test_other_sites_sign_nobody_in_or_out(site: str, origin: str, path: str) -> None:
    token = Gate(SECRET).issue(Principal("eve", Role.ADMIN))
    sent = httpx.post(f"{site}{path}", data={"token": token}, headers={"Origin": origin})
    assert sent.status_code == 403
    assert "set-cookie" not in sent.headers


def test_the_own_page_may(site: str) -> None:
    token = Gate(SECRET).issue(Principal("ada", Role.ADMIN))
    sent = httpx.post(f"{site}/admin/sign-in", data={"token": token}, headers={"Origin": site})
    assert sent.status_code == 303
