"""Passive checks of everything that the site answers: headers, cookies, leaks, errors."""

from __future__ import annotations

import re

import httpx
import pytest
from crawling import Found
from markup import dangers

WANTED = {
    "x-content-type-options": r"nosniff",
    "referrer-policy": r"same-origin|no-referrer|strict-origin.*",
    "permissions-policy": r".*geolocation=\(\).*",
    "cross-origin-resource-policy": r"same-origin|cross-origin",
    "cache-control": r"no-store|no-cache|.*max-age=\d+.*",
    "content-security-policy": r".*default-src '(none|self)'.*",
}
LEAKS = re.compile(
    r"Traceback \(most recent|File \"/|sqlalchemy|sqlite3?\.|psycopg|/site-packages/|/work/|/root/"
    r"|BEGIN [A-Z ]*PRIVATE KEY|Index of /",
)
TOKEN = re.compile(r"eyJ[\w-]+\.eyJ")
MIXED = re.compile(r"(?:src|href)=\"http://(?!localhost|127\.0\.0\.1)[^\"]*")
FRAMED = ("/widget",)  # pages that others may show, and say so in their policy


def looked_at(response: httpx.Response) -> list[str]:
    """What is wrong with an answer, whatever it is."""
    wrong = [
        f"{name}: {response.headers.get(name)}"
        for name, good in WANTED.items()
        if not re.fullmatch(good, response.headers.get(name, ""))
    ]
    policy = response.headers.get("content-security-policy", "")
    for weak in ("unsafe-eval", "script-src *", "default-src *", "http: ", " *;"):
        if weak in policy:
            wrong.append(f"policy allows {weak}")
    script = re.search(r"script-src ([^;]*)", policy)
    if script and "'unsafe-inline'" in script[1]:
        wrong.append("policy allows inline scripts")
    path = response.url.path
    if not path.startswith(FRAMED) and response.headers.get("x-frame-options") != "DENY":
        wrong.append("may be framed")
    for hidden in ("server", "x-powered-by"):
        if hidden in response.headers:
            wrong.append(f"says {hidden}: {response.headers[hidden]}")
    kind = response.headers.get("content-type", "")
    if kind.startswith("text/") and "charset" not in kind:
        wrong.append(f"no charset: {kind}")
    for cookie in response.headers.get_list("set-cookie"):
        wrong += _cookie(cookie, response.url.scheme)
    if "image" not in kind and "font" not in kind:
        wrong += [f"leaks {found}" for found in LEAKS.findall(response.text[:200_000])]
        if TOKEN.search(response.text) and not path.startswith("/session"):
            wrong.append("shows a token")
    if kind.startswith("text/html"):
        wrong += dangers(response.text)
        wrong += MIXED.findall(response.text)
    # Health says 503 while the other processes are not there, as here.
    if response.status_code >= 500 and path != "/health":
        wrong.append(f"status {response.status_code}")
    return [f"{response.request.method} {response.url.path}: {each}" for each in wrong]


def _cookie(cookie: str, scheme: str) -> list[str]:
    lower = cookie.lower()
    if '=""' in lower or "max-age=0" in lower:
        return []  # one that is forgotten
    wanted = ["httponly", "samesite=", *(["secure"] if scheme == "https" else [])]
    return [f"cookie without {each}: {cookie[:40]}" for each in wanted if each not in lower]


def test_the_crawl_finds_the_pages(target) -> None:
    areas = {found.area for found in target.routes}
    assert {"admin", "label", "rate", "axess", "explorecourses", "static", ""} <= areas
    assert "check-in" in areas
    assert len(target.routes) > 80


def test_every_page_for_a_stranger_and_for_its_own_people(target) -> None:
    wrong, seen = [], 0
    for found in target.routes:
        if found.method == "GET":
            path = found.at(target.samples)
            for client in (target.stranger, target.people, target.student):
                wrong += looked_at(client.get(path))
                seen += 1
    print(f"passive checks of {seen} answers to GET")
    assert wrong == []


def test_every_act_without_a_body_is_refused_and_says_nothing(target) -> None:
    wrong: list[str] = []
    for found in target.routes:
        if found.method not in ("GET", "HEAD"):
            wrong += looked_at(target.stranger.request(found.method, found.at(target.samples)))
    assert wrong == []


def test_signed_in_pages_are_never_kept_by_caches(target) -> None:
    for found in target.routes:
        if found.method == "GET" and found.area in ("admin", "label", "rate"):
            assert target.get(found).headers["cache-control"] == "no-store", found
    page = target.student.get("/check-in")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")


def test_errors_tell_nothing_of_the_inside(target) -> None:
    for path in ("/nothing", "/admin/nothing", "/axess/nothing", "/static/nothing", "/label/x/y"):
        answer = target.stranger.get(path)
        assert looked_at(answer) == []
        assert answer.status_code in (401, 404)


def test_cookies_are_out_of_the_reach_of_scripts_and_other_sites(target) -> None:
    from knowledge.model.students import Principal, Role

    token = target.gate.issue(Principal("ada", Role.ADMIN))
    seen = 0
    for found in target.routes:
        if found.method == "POST" and found.path.endswith("/sign-in") and "token" in found.fields:
            answer = target.stranger.post(found.path, data={"token": token})
            wrong = looked_at(answer)
            assert wrong == []
            seen += len(answer.headers.get_list("set-cookie"))
    assert seen == sum(
        found.path.endswith("/sign-in") and "token" in found.fields for found in target.routes
    )


@pytest.mark.parametrize("path", ["/docs", "/axess/docs", "/explorecourses/docs"])
def test_the_reference_loads_nothing_from_elsewhere(target, path: str) -> None:
    page = target.stranger.get(path)
    assert page.status_code == 200
    assert re.findall(r"https?://(?!localhost|127)[\w.]+", page.text) == []
    assert "<script" not in page.text
    described = target.stranger.get(path.replace("/docs", "/openapi.json")).json()
    assert all(each in page.text for each in described["paths"])


def test_the_policy_of_a_page_is_its_own(target) -> None:
    """The outer layer fills in what is missing and overrules nobody."""
    admin = target.people.get("/admin/").headers["content-security-policy"]
    page = target.stranger.get("/").headers["content-security-policy"]
    answer = target.stranger.get("/session").headers["content-security-policy"]
    assert "script-src 'self'" in admin
    assert "connect-src 'self'" in page
    assert answer.startswith("default-src 'none'")


def test_https_is_asked_to_stay_https(target) -> None:
    from dataclasses import replace

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from bot.web.headers import SiteHeaders

    secure = replace(target.settings, site_url="https://quad.example")
    answer = TestClient(SiteHeaders(Starlette(), secure)).get("/x")
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    assert "strict-transport-security" not in target.stranger.get("/health").headers


def test_a_found_route_is_filled_in() -> None:
    found = Found("GET", "/a/{suid}/b/{path:path}")
    assert found.at({"suid": "1", "path": "x.css"}) == "/a/1/b/x.css"
