"""States, codes, forms and secrets that are made up, late, another's or used before: refused."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from signing import ADMIN, SECRET, STUDENT, Browser, query_of

from bot.identity.one_time import OneTimeCodes
from bot.identity.provider import development_client
from bot.storage.database import DoorDatabase
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

GARBAGE = ("", "x", "a" * 43, "../../etc/passwd", "' OR 1=1 --", "\x00", "ключ", "a" * 190)
VERIFIER = "v" * 64


@pytest.fixture
def other(site: str) -> Iterator[Browser]:
    """Somebody else's browser."""
    browser = Browser(site)
    yield browser
    browser.http.close()


@pytest.fixture
def codes(units: UnitOfWork) -> OneTimeCodes:
    return OneTimeCodes(DoorDatabase(units))


class Refusals:
    """Counts what was refused, for the test's output."""

    def __init__(self) -> None:
        self.count = 0

    def expect(self, answer: httpx.Response, status: int) -> None:
        assert answer.status_code == status, (answer.url, answer.text)
        assert "set-cookie" not in answer.headers
        self.count += 1


@pytest.fixture
def refusals(capsys: pytest.CaptureFixture[str]) -> Iterator[Refusals]:
    counted = Refusals()
    yield counted
    with capsys.disabled():
        print(f"\nrefused: {counted.count}")


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


def _asked(settings: Settings, site: str, **other: str) -> dict[str, str]:
    asked = {
        "client_id": "quad",
        "redirect_uri": f"{site}/sign-in/callback",
        "response_type": "code",
        "scope": "openid profile",
        "state": "s",
        "nonce": "n",
        "code_challenge": str(create_s256_code_challenge(VERIFIER)),
        "code_challenge_method": "S256",
        **other,
    }
    return {name: value for name, value in asked.items() if value}


def test_what_the_provider_is_asked_wrongly(
    browser: Browser, settings: Settings, site: str, refusals: Refusals
) -> None:
    for wrong in (
        {"client_id": "evil"},
        {"client_id": ""},
        {"redirect_uri": "https://evil.example/sign-in/callback"},
        {"redirect_uri": f"{site}/sign-in/callback/../../evil"},
        {"redirect_uri": f"{site}.evil.example/sign-in/callback"},
        {"redirect_uri": ""},
    ):
        asked = _asked(settings, site, **wrong)
        refusals.expect(browser.http.get("/sso/authorize", params=asked), 400)
    for wrong in (
        {"response_type": "token"},
        {"response_type": "id_token"},
        {"scope": "profile"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"code_challenge": "short"},
    ):
        answer = browser.http.get("/sso/authorize", params=_asked(settings, site, **wrong))
        refusals.expect(answer, 303)
        assert "error" in query_of(answer.headers["location"])
    for made_up in GARBAGE:
        sent = browser.http.post("/sso/authorize", data={"ask": made_up, "person": ADMIN})
        refusals.expect(sent, 400)


def test_the_providers_form_acts_once(browser: Browser, refusals: Refusals) -> None:
    back = browser.choose(browser.leave(), "student-05980001")  # not offered
    assert query_of(back)["error"] == "access_denied"
    page = browser.http.get(browser.leave()).text
    ask = unescape(page.split('name="ask" value="')[1].split('"')[0])
    form = {"ask": ask, "person": STUDENT}
    assert browser.http.post("/sso/authorize", data=form).status_code == 303
    refusals.expect(browser.http.post("/sso/authorize", data=form), 400)


def test_staff_is_offered_on_this_machine_alone(browser: Browser, refusals: Refusals) -> None:
    address = browser.leave()
    far = {"X-Forwarded-For": "203.0.113.7"}
    page = browser.http.get(address, headers=far).text
    assert "student-05990001" in page
    assert "staff-admin" not in page
    ask = unescape(page.split('name="ask" value="')[1].split('"')[0])
    sent = browser.http.post("/sso/authorize", data={"ask": ask, "person": ADMIN}, headers=far)
    refusals.expect(sent, 303)
    assert query_of(sent.headers["location"])["error"] == "access_denied"


def test_the_token_endpoint(
    browser: Browser, settings: Settings, site: str, refusals: Refusals
) -> None:
    client = development_client(settings)
    redirect_uri = f"{site}/sign-in/callback"

    def code() -> str:
        asked = httpx.QueryParams(_asked(settings, site))
        return query_of(browser.choose(f"{site}/sso/authorize?{asked}", STUDENT))["code"]

    def token(secret: str = client.client_secret, **form: str) -> httpx.Response:
        said = {"grant_type": "authorization_code", "redirect_uri": redirect_uri, **form}
        return browser.http.post("/sso/token", data=said, auth=("quad", secret))

    for secret in ("", "x", SECRET):
        refusals.expect(token(secret, code=code(), code_verifier=VERIFIER), 401)
    for header in ("", "Basic", "Basic !!", "Bearer x", "Basic " + "ff" * 9):
        answer = browser.http.post("/sso/token", data={}, headers={"Authorization": header})
        refusals.expect(answer, 401)
    for form in (
        {"code_verifier": "w" * 64},
        {"code_verifier": ""},
        {"code_verifier": VERIFIER, "redirect_uri": "https://evil.example"},
        {"code_verifier": VERIFIER, "grant_type": "refresh_token"},
    ):
        refusals.expect(token(code=code(), **form), 400)
    once = code()
    good = token(code=once, code_verifier=VERIFIER)
    assert good.status_code == 200
    refusals.expect(token(code=once, code_verifier=VERIFIER), 400)
    for made_up in (*GARBAGE, good.json()["access_token"]):
        refusals.expect(token(code=made_up, code_verifier=VERIFIER), 400)
    access = {"Authorization": f"Bearer {good.json()['access_token']}"}
    assert browser.http.get("/sso/userinfo", headers=access).json()["suid"] == "05990001"
    for made_up in ("x", once, base64.b64encode(b"quad:quad").decode()):
        shown = {"Authorization": f"Bearer {made_up}"}
        refusals.expect(browser.http.get("/sso/userinfo", headers=shown), 401)


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
