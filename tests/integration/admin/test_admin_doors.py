"""Who gets in: without a token, with a student's, with a forged key; and what every page bears."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from tests_admin import SECRET, Clerk

from bot.identity import Gate
from knowledge.model.students import Principal, Role

PAGES = [
    "", "courses", "sections", "terms", "students", "petitions", "imports", "exports", "audit",
    "questions", "courses/1", "exports/courses.csv",
]  # fmt: skip
FORMS = [
    "courses/1", "courses/1/prerequisites", "courses/1/prerequisites/draft", "sections/1",
    "sections/1/permissions", "terms/1", "students/05990001", "petitions/1", "imports/upload",
    "imports/x/confirm", "audit/1/undo", "audit/imports/1/undo", "sign-out",
]  # fmt: skip


def test_no_page_without_an_admins_token(site: str, token: Callable) -> None:
    for path in PAGES:
        asked = httpx.get(f"{site}/admin/{path}")
        assert asked.status_code == 401
        assert "Admin token" in asked.text
        for cookie in (token("05990001", Role.STUDENT), token("actions", Role.SERVICE)):
            refused = httpx.get(f"{site}/admin/{path}", cookies={"quad_admin": cookie})
            assert refused.status_code == 403
            assert "Not allowed" in refused.text
        assert httpx.get(f"{site}/admin/{path}", cookies={"quad_admin": "x.y.z"}).status_code == 401


def test_no_form_without_a_session_and_its_key(site: str, token: Callable, clerk: Clerk) -> None:
    for path in FORMS:
        _is_guarded(site, token, clerk, path)


def _is_guarded(site: str, token: Callable, clerk: Clerk, path: str) -> None:
    form = {"form_id": "a" * 32, "version": "1"}
    multipart = {"file": ("x.csv", b"code\n")} if path == "imports/upload" else None
    url = f"{site}/admin/{path}"
    assert httpx.post(url, data=form, files=multipart).status_code == 401
    student = {"quad_admin": token("05990001", Role.STUDENT)}
    assert httpx.post(url, data=form, files=multipart, cookies=student).status_code == 403
    other = Gate(SECRET).issue(Principal("eve", Role.ADMIN), timedelta(hours=1))
    with httpx.Client(cookies={"quad_admin": other}) as eve:
        stolen = re.search(r'name="form_key" value="(\w+)"', eve.get(f"{site}/admin/").text)
    assert stolen
    for key in ("", "0" * 64, "ключ", stolen.group(1)):
        forged = clerk.http.post(f"/admin/{path}", data={**form, "form_key": key}, files=multipart)
        assert forged.status_code == 403


def test_an_expired_session_is_told_and_leads_back(site: str) -> None:
    old = Gate(SECRET).issue(Principal("ada", Role.ADMIN), timedelta(seconds=-1))
    page = httpx.get(f"{site}/admin/sections?q=CS", cookies={"quad_admin": old})
    assert page.status_code == 401
    assert "expired" in page.text
    assert 'value="/admin/sections?q=CS"' in page.text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/admin//evil.example", "/axess", "\\x"]
)
def test_signing_in_leads_to_our_own_pages_alone(site: str, token: Callable, back: str) -> None:
    form = {"token": token("ada", Role.ADMIN), "back": back}
    signed = httpx.post(f"{site}/admin/sign-in", data=form)
    assert (signed.status_code, signed.headers["location"]) == (303, "/admin/")
    cookie = signed.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/admin" in cookie


def test_a_students_token_does_not_sign_in(site: str, token: Callable) -> None:
    for wrong in (token("05990001", Role.STUDENT), "nonsense", ""):
        assert httpx.post(f"{site}/admin/sign-in", data={"token": wrong}).status_code == 401


def test_every_page_carries_the_security_headers(clerk: Clerk, site: str) -> None:
    for answer in (clerk.http.get("/admin/"), httpx.get(f"{site}/admin/nowhere")):
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"


def test_pages_hold_no_script_or_style_of_their_own(clerk: Clerk) -> None:
    for path in PAGES[:-2]:
        page = clerk.get(path)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\s(?:style|on\w+)=", page)


@pytest.mark.parametrize(
    "path",
    ["nowhere", "courses/999999", "courses/x", "courses/-1", "sections/1", "terms/3",
     "students/00000000", "students/1", "audit/999999", "imports/feed", "exports/terms.csv",
     "courses/999999/prerequisites"],
)  # fmt: skip
def test_what_is_not_there_is_told_kindly(clerk: Clerk, path: str) -> None:
    answer = clerk.http.get(f"/admin/{path}")
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
    assert "To the dashboard" in answer.text


def test_a_form_that_is_too_large_is_refused(clerk: Clerk) -> None:
    answer = clerk.http.post("/admin/courses/1", data={"title": "x" * 600_000})
    assert answer.status_code == 413


def test_signing_out_ends_the_session(clerk: Clerk) -> None:
    clerk.send("/admin/sign-out", clerk.form("", "/admin/sign-out"))
    assert clerk.http.get("/admin/").status_code == 401
