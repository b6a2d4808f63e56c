"""Signing in through the development provider, over real HTTP, as a page's pop-up does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from signing import ADMIN, RATER, SECRET, STUDENT, Browser, query_of

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


def test_the_entry_names_every_address(browser: Browser, settings: Settings) -> None:
    assert browser.http.get("/session").json() == {
        "bot_url": settings.bot_url,
        "site_url": settings.site_url,
        "skills_url": settings.skills_url,
    }


def test_a_student_signs_in(browser: Browser) -> None:
    told = browser.tokens()
    assert (told["suid"], told["name"]) == ("05990001", "Robin First (new, no courses yet)")
    assert told["expires_in"] == 600
    assert Gate(SECRET).verify(told["token"]) == Principal("05990001", Role.STUDENT)
    assert browser.record(told["token"]) == 200
    assert browser.record(told["token"], "05990002") == 403


@pytest.mark.parametrize(("person", "role"), [(ADMIN, Role.ADMIN), (RATER, Role.RATER)])
def test_staff_have_the_role_that_the_provider_claims(
    browser: Browser, person: str, role: Role
) -> None:
    told = browser.tokens(person)
    assert told["suid"] is None
    assert Gate(SECRET).verify(told["token"]).role is role


def test_a_visitor_asks_and_stays_the_same_visitor(browser: Browser) -> None:
    first = browser.http.post("/session/visitor").json()
    assert (first["refresh"], first["suid"], first["name"]) == (None, None, "")
    headers = {"Authorization": f"Bearer {first['token']}"}
    again = browser.http.post("/session/visitor", headers=headers).json()
    gate = Gate(SECRET)
    assert gate.verify(again["token"]) == gate.verify(first["token"])
    other = browser.http.post("/session/visitor").json()
    assert gate.verify(other["token"]) != gate.verify(first["token"])
    assert browser.record(first["token"]) == 403


def test_a_student_is_no_visitor(browser: Browser) -> None:
    headers = {"Authorization": f"Bearer {browser.tokens()['token']}"}
    assert browser.http.post("/session/visitor", headers=headers).status_code == 403


def test_the_browser_of_our_own_pages_is_signed_in(browser: Browser) -> None:
    back = browser.sign_in(STUDENT, "next=/slack/link%3Fcode=x")
    assert (back.status_code, back.headers["location"]) == (303, "/slack/link?code=x")
    cookie = back.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("quad=", "httponly", "samesite=lax", "path=/"))
    token = browser.http.cookies["quad"]
    assert Gate(SECRET).verify(token) == Principal("05990001", Role.STUDENT)
    assert browser.http.post("/sign-out").status_code == 303
    assert "quad" not in browser.http.cookies
    assert browser.record(token) == 401


@pytest.mark.parametrize(
    "page", ["https://evil.example", "//evil.example", "/\\evil", "x", "/a//b"]
)
def test_signing_in_leads_to_pages_of_ours_alone(browser: Browser, page: str) -> None:
    assert browser.sign_in(STUDENT, f"next={page}").headers["location"] == "/"


def test_who_changes_their_mind_is_told_so(browser: Browser) -> None:
    page = browser.sign_in("")
    assert page.status_code == 400
    assert "left before it was finished" in page.text


def test_the_provider_describes_itself(browser: Browser, settings: Settings) -> None:
    said = browser.http.get("/sso/.well-known/openid-configuration").json()
    assert said["issuer"] == f"{settings.site_url}/sso"
    (key,) = browser.http.get("/sso/jwks").json()["keys"]
    assert (key["kty"], key["alg"]) == ("RSA", "RS256")
    assert not {"d", "p", "q"} & set(key)
    asked = query_of(browser.leave())
    assert asked["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge", "redirect_uri"} <= set(asked)


@pytest.mark.parametrize(
    "variables",
    [{"QUAD_SITE_URL": "https://quad.example.edu"}, {"QUAD_OIDC_ISSUER": "https://x.y"}],
)
def test_a_public_site_has_no_development_provider(
    units: UnitOfWork, serve: Callable[[Any], str], settings: Settings, variables: dict[str, str]
) -> None:
    public = Settings.from_env({"QUAD_VAR": str(settings.var), "QUAD_SECRET": SECRET, **variables})
    browser = Browser(serve(create_app(public, units)))
    assert browser.http.get("/sso/jwks").status_code == 404
    page = browser.http.get("/sign-in")
    assert page.status_code == 503
    assert 'role="alert"' in page.text
