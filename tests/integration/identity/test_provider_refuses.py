"""The development provider: wrong requests, forms sent twice, codes that are no codes."""

from __future__ import annotations

import base64
from html import unescape

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from signing import ADMIN, GARBAGE, SECRET, STUDENT, Browser, Refusals, query_of

from bot.identity.provider import development_client
from knowledge.settings import Settings

VERIFIER = "v" * 64


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
