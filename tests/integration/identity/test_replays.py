"""States, codes, forms and secrets that are made up, late, another's or used before: refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import httpx
import pytest
from signing import ADMIN, GARBAGE, STUDENT, Browser, Refusals, query_of

from bot.identity.one_time import OneTimeCodes


def _back(browser: Browser, **query: str) -> httpx.Response:
    return browser.http.get("/sign-in/callback", params=query)


def test_states(browser: Browser, other: Browser, codes: OneTimeCodes, refusals: Refusals) -> None:
    for made_up in GARBAGE:
        refusals.expect(_back(browser, state=made_up, code="x"), 400)
    refusals.expect(_back(browser), 400)
    late = codes.issue("sign-in", {"browser": ""}, -timedelta(seconds=1))
    refusals.expect(_back(browser, state=late, code="x"), 400)
    foreign = codes.issue("slack-link", {"browser": ""}, timedelta(minutes=1))
    refusals.expect(_back(browser, state=foreign, code="x"), 400)
    # A forger begins, and has somebody else's browser come back with it: it would be signed in as
    # the forger. That browser has another mark, or none.
    planted = browser.choose(browser.leave("next=/"), STUDENT)
    refusals.expect(other.http.get(planted), 400)
    other.leave("next=/")
    refusals.expect(other.http.get(planted), 400)
    # The own browser may still, once.
    assert browser.http.get(planted).status_code == 303
    refusals.expect(browser.http.get(planted), 400)


def test_a_code_of_another_sign_in(browser: Browser, other: Browser, refusals: Refusals) -> None:
    """A stolen code put into the own sign-in: PKCE's proof and the nonce are another's."""
    stolen = query_of(other.choose(other.leave("next=/"), ADMIN))["code"]
    mine = query_of(browser.leave("next=/"))["state"]
    refusals.expect(_back(browser, state=mine, code=stolen), 401)
    # It is spent by the try: the owner has to begin again too.
    state = query_of(other.leave("next=/"))["state"]
    refusals.expect(_back(other, state=state, code=stolen), 401)


def test_codes_from_the_provider(browser: Browser, refusals: Refusals) -> None:
    for made_up in GARBAGE[1:]:
        state = query_of(browser.leave("next=/"))["state"]
        refusals.expect(_back(browser, state=state, code=made_up), 401)
    back = browser.choose(browser.leave("next=/"), STUDENT)
    assert browser.http.get(back).status_code == 303
    state = query_of(browser.leave("next=/"))["state"]
    refusals.expect(_back(browser, state=state, code=query_of(back)["code"]), 401)


def test_codes_to_exchange(browser: Browser, codes: OneTimeCodes, refusals: Refusals) -> None:
    def exchange(code: object) -> httpx.Response:
        return browser.http.post("/session/exchange", json={"code": code})

    for made_up in GARBAGE:
        refusals.expect(exchange(made_up), 401)
    for odd in (None, 7, ["x"], {"code": "x"}, "a" * 500):
        refusals.expect(exchange(odd), 422)
    code = browser.code()
    assert exchange(code).status_code == 200
    refusals.expect(exchange(code), 401)
    told = {"subject": "05990001", "role": "admin", "name": "x"}
    refusals.expect(exchange(codes.issue("exchange", told, -timedelta(seconds=1))), 401)
    for purpose in ("sign-in", "sso-code", "sso-ask", "sso-access", "slack-link"):
        refusals.expect(exchange(codes.issue(purpose, told, timedelta(minutes=1))), 401)
    refusals.expect(exchange(query_of(browser.leave())["state"]), 401)
    refusals.expect(exchange(query_of(browser.choose(browser.leave(), ADMIN))["code"]), 401)


def test_refresh_secrets(browser: Browser, refusals: Refusals) -> None:
    for made_up in GARBAGE:
        refusals.expect(browser.refresh(made_up), 401)
    told = browser.tokens()
    sign_in, _, secret = told["refresh"].partition(".")
    changed = f"{sign_in}.{secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}"
    for guess in (sign_in, changed, f"{sign_in}.", f"{'0' * 32}.{secret}"):
        refusals.expect(browser.refresh(guess), 401)
    refusals.expect(browser.refresh(told["token"]), 422)
    following = browser.refresh(told["refresh"]).json()["refresh"]
    assert browser.http.post("/session/sign-out", json={"refresh": following}).status_code == 204
    for ended in (told["refresh"], following):
        refusals.expect(browser.refresh(ended), 401)
    # What the ended sign-in gave out counts no more either, at once.
    assert browser.record(told["token"]) == 401


def test_a_sign_in_leaves_nothing_in_the_log(
    browser: Browser, caplog: pytest.LogCaptureFixture, sign_in_words: Callable[[], list[str]]
) -> None:
    caplog.set_level("INFO")
    caplog.set_level("WARNING", "httpx")
    words = sign_in_words()
    assert len(words) > 5
    assert not [word for word in words if word in caplog.text]


@pytest.fixture
def sign_in_words(browser: Browser) -> Callable[[], list[str]]:
    """Sign in, refresh, replay and sign out; everything secret or personal that this showed."""

    def walk() -> list[str]:
        asked = browser.leave()
        back = browser.choose(asked, STUDENT)
        page = browser.http.get(back).text
        code = unescape(page.split('data-code="')[1].split('"')[0])
        told = browser.http.post("/session/exchange", json={"code": code}).json()
        browser.http.post("/session/exchange", json={"code": code})
        following = browser.refresh(told["refresh"]).json()
        browser.http.post("/session/sign-out", json={"refresh": following["refresh"]})
        browser.refresh(following["refresh"])
        queries = [*query_of(asked).values(), *query_of(back).values()]
        secret = [each for each in queries if len(each) > 30 and "/" not in each]
        shown = [told["token"], told["refresh"], following["token"], following["refresh"]]
        return [*secret, code, *shown, "05990001", "Robin First"]

    return walk
