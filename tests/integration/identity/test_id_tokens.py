"""What a provider, or somebody in its place, may say in an ID token, and what is believed of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from forging import by_shared_secret, coded, unsigned
from rogue import Rogue, elliptic, rsa
from signing import SECRET, Browser, query_of

from bot.identity import discovery
from bot.site import create_app
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def rogue(serve: Callable[[Any], str]) -> Rogue:
    rogue = Rogue()
    rogue.issuer = serve(rogue.app)
    return rogue


@pytest.fixture
def browser(
    rogue: Rogue, settings: Settings, units: UnitOfWork, serve: Callable[[Any], str]
) -> Iterator[Browser]:
    real = Settings.from_env(
        {
            "QUAD_VAR": str(settings.var),
            "QUAD_SECRET": SECRET,
            "QUAD_OIDC_ISSUER": rogue.issuer,
            "QUAD_OIDC_CLIENT_SECRET": "the client's secret",
        }
    )
    browser = Browser(serve(create_app(real, units)))
    yield browser
    browser.http.close()


def _try(browser: Browser, rogue: Rogue, minted: Callable[[str], dict]) -> httpx.Response:
    """Begin, and come back while the provider answers what is minted for the nonce."""
    asked = query_of(browser.leave("next=/"))
    rogue.answer = minted(asked["nonce"])
    query = {"state": asked["state"], "code": "a code"}
    return browser.http.get("/sign-in/callback", params=query)


def _forgeries(rogue: Rogue) -> dict[str, Callable[[str], dict]]:
    now = int(time.time())
    other, twin, curve = rsa("other"), rsa("first"), elliptic("first")
    public = rogue.key.as_pem(private=False)
    own = {"jwk": other.as_dict(private=False)}
    wrong = {
        "issuer": {"iss": "https://evil.example"},
        "issuer with a slash": {"iss": f"{rogue.issuer}/"},
        "no issuer": {"iss": None},
        "audience": {"aud": "another client"},
        "audiences without us": {"aud": ["a", "b"]},
        "audiences without a party": {"aud": ["quad", "evil"]},
        "audiences for another party": {"aud": ["quad", "evil"], "azp": "evil"},
        "party": {"azp": "evil"},
        "no audience": {"aud": None},
        "empty audience": {"aud": []},
        "expired": {"exp": now - 120},
        "no expiry": {"exp": None},
        "expiry as text": {"exp": "tomorrow"},
        "not yet": {"nbf": now + 3600},
        "made tomorrow": {"iat": now + 86400},
        "no moment": {"iat": None},
        "nonce": {"nonce": "another sign-in's"},
        "no nonce": {"nonce": None},
        "empty nonce": {"nonce": ""},
        "no subject": {"sub": None},
        "access token": {"at_hash": "AAAA"},
    }
    cases = {
        name: lambda nonce, claims=claims: {"id_token": rogue.signed(rogue.claims(nonce, **claims))}
        for name, claims in wrong.items()
    }

    def signed(key: Any, **header: Any) -> Callable[[str], dict]:
        return lambda nonce: {"id_token": rogue.signed(rogue.claims(nonce), key, **header)}

    def hmac(secret: bytes, alg: str = "HS256") -> Callable[[str], dict]:
        return lambda n: {"id_token": by_shared_secret(rogue.claims(n), secret, alg, kid="first")}

    cases |= {f"alg {alg}": lambda n, a=alg: {"id_token": unsigned(rogue.claims(n), a, kid="first")}
              for alg in ("none", "None", "NONE", "nOnE", "")}  # fmt: skip
    cases |= {
        "HS256 by the public key": hmac(public),
        "HS256 by the public key, stripped": hmac(public.strip()),
        "HS512 by the public key": hmac(public, "HS512"),
        "HS256 by our client's secret": hmac(b"the client's secret"),
        "HS256 by our own secret": hmac(SECRET.encode()),
        "another key under its own id": signed(other),
        "another key under the known id": signed(twin),
        "a key inside the token": signed(other, kid="first", **own),
        "a key inside the token, unknown id": signed(other, **own),
        "an address of a key": signed(other, kid="first", jku=f"{rogue.issuer}/evil"),
        "an address of a certificate": signed(other, kid="first", x5u=f"{rogue.issuer}/evil"),
        "an id that is a path": signed(other, kid="../../dev/null"),
        "an id that is a query": signed(other, kid="' OR '1'='1"),
        "no id": signed(rogue.key, kid=None),
        "RS512": signed(rogue.key, alg="RS512"),
        "PS256": signed(rogue.key, alg="PS256"),
        "ES256 under the id of an RSA key": signed(curve, alg="ES256"),
        "nothing": lambda nonce: {},
        "null": lambda nonce: {"id_token": None},
        "a number": lambda nonce: {"id_token": 7},
        "an object": lambda nonce: {"id_token": {"sub": "x"}},
        "words": lambda nonce: {"id_token": "not a token"},
        "dots": lambda nonce: {"id_token": "..."},
        "five parts": lambda nonce: {"id_token": "a.b.c.d.e"},
        "too long": lambda nonce: {"id_token": "a" * 30_000},
        "no signature": lambda n: {
            "id_token": rogue.signed(rogue.claims(n)).rpartition(".")[0] + "."
        },
        "half a signature": lambda n: {"id_token": rogue.signed(rogue.claims(n))[:-40]},
        "another's claims": lambda n: {"id_token": _spliced(rogue, n)},
    }
    return cases


def _headless(rogue: Rogue, nonce: str) -> str:
    return rogue.signed(rogue.claims(nonce)).rpartition(".")[0]


def _spliced(rogue: Rogue, nonce: str) -> str:
    """A good signature under other claims."""
    head, _, signature = rogue.signed(rogue.claims(nonce)).split(".")
    body = rogue.signed(rogue.claims(nonce, suid="05990002")).split(".")[1]
    return ".".join((head, body, signature))


def test_no_forged_token_signs_anybody_in(
    browser: Browser,
    rogue: Rogue,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("INFO")
    caplog.set_level("WARNING", "httpx")  # the test's own requests
    cases = _forgeries(rogue)
    minted: list[str] = []
    for name, mint in cases.items():

        def noted(nonce: str, mint: Callable[[str], dict] = mint) -> dict:
            answer = mint(nonce)
            minted.append(str(answer.get("id_token")))
            return answer

        answer = _try(browser, rogue, noted)
        assert answer.status_code == 401, (name, answer.text)
        assert "could not be signed in" in answer.text, name
        assert "quad" not in browser.http.cookies, name
    personal = ["05990001", "05990002", "Robin", *(each for each in minted if len(each) > 20)]
    assert not [each for each in personal if each in caplog.text]
    with capsys.disabled():
        print(f"\nforged ID tokens refused: {len(cases)} of {len(cases)}")


def test_good_tokens_do(browser: Browser, rogue: Rogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def good(nonce: str) -> dict:
        return {"id_token": rogue.signed(rogue.claims(nonce))}

    monkeypatch.setattr(discovery, "_REFETCH_SECONDS", 0.0)
    assert _try(browser, rogue, good).status_code == 303
    both = lambda n: {"id_token": rogue.signed(rogue.claims(n, aud=["quad", "x"], azp="quad"))}  # noqa: E731
    assert _try(browser, rogue, both).status_code == 303
    # The provider rotates its key: the new one is fetched when a token names it.
    rogue.key = rsa("second")
    rogue.published.append(rogue.key.as_dict(private=False))
    assert _try(browser, rogue, good).status_code == 303
    # And withdraws the old one, for an elliptic one.
    curve = elliptic("third")
    rogue.published[:] = [curve.as_dict(private=False)]
    elliptical = lambda n: {  # noqa: E731
        "id_token": rogue.signed(rogue.claims(n, at_hash=None), curve, alg="ES256")
    }
    assert _try(browser, rogue, elliptical).status_code == 303
    assert _try(browser, rogue, good).status_code == 401


def test_made_up_key_ids_do_not_make_us_fetch(browser: Browser, rogue: Rogue) -> None:
    other = rsa("x")
    for number in range(5):
        answer = _try(
            browser,
            rogue,
            lambda n, k=number: {"id_token": rogue.signed(rogue.claims(n), other, kid=f"k{k}")},
        )
        assert answer.status_code == 401
    assert rogue.fetched == 1


def test_a_published_shared_secret_signs_nothing(browser: Browser, rogue: Rogue) -> None:
    secret = b"a secret that everybody can read in the key set"
    rogue.published.append({"kty": "oct", "kid": "open", "k": coded(secret)})
    forged = lambda n: {  # noqa: E731
        "id_token": by_shared_secret(rogue.claims(n), secret, kid="open")
    }
    answer = _try(browser, rogue, forged)
    assert answer.status_code == 401


def test_claims_at_the_userinfo_endpoint(browser: Browser, rogue: Rogue) -> None:
    def bare(nonce: str) -> dict:
        return {"id_token": rogue.signed(rogue.claims(nonce, suid=None))}

    rogue.userinfo = {"sub": "s-1", "suid": "05990002"}
    assert _try(browser, rogue, bare).status_code == 303
    rogue.userinfo = {"sub": "somebody else", "suid": "05990002"}
    assert _try(browser, rogue, bare).status_code == 401
    rogue.userinfo = {"sub": "s-1"}
    assert _try(browser, rogue, bare).status_code == 403


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": "file:///etc"}],
)
def test_a_provider_that_is_not_itself_is_not_asked(
    browser: Browser, rogue: Rogue, metadata: dict
) -> None:
    rogue.metadata = metadata
    page = browser.http.get("/sign-in?popup=1")
    assert page.status_code == 503
    assert "cannot be reached" in page.text
