"""Forged, expired, foreign and ended tokens at every door: refused, and not a word in the log."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest
from bad_tokens import NAME, SUID, ended, forged
from cryptography.hazmat.primitives.asymmetric import rsa

from knowledge.model.students import Role

Door = Callable[[str], int]


def _axess(quad) -> Door:
    url = f"{quad.site}/axess/students/{SUID}/enrollments"
    return lambda token: httpx.get(url, headers=_bearer(token)).status_code


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _doors(quad) -> dict[str, Door]:
    site, bot = quad.site, quad.bot
    message = {"sender": "forger", "message": "what am I enrolled in?"}

    def cookie(path: str, name: str) -> Door:
        return lambda token: (
            httpx.get(f"{site}{path}", headers={"Cookie": f"{name}={token}"}).status_code
        )

    def form(path: str) -> Door:
        return lambda token: httpx.post(f"{site}{path}", data={"token": token}).status_code

    return {
        "REST": lambda token: (
            httpx.post(
                f"{bot}/webhooks/rest/webhook", json=message, headers=_bearer(token)
            ).status_code
        ),
        "socket.io": lambda token: _socket(bot, token),
        "Rasa's own API": lambda token: (
            httpx.get(f"{bot}/conversations/x/tracker", headers=_bearer(token)).status_code
        ),
        "pushes": lambda token: (
            httpx.post(f"{bot}/webhooks/web/push", json={}, headers=_bearer(token)).status_code
        ),
        "Axess": _axess(quad),
        "uploads": lambda token: (
            httpx.post(f"{site}/uploads", files={"file": b"x"}, headers=_bearer(token)).status_code
        ),
        "a visitor's renewal": lambda token: (
            httpx.post(f"{site}/session/visitor", headers=_bearer(token)).status_code
        ),
        "admin": cookie("/admin/", "quad_admin"),
        "label": cookie("/label/", "quad_rater"),
        "rate": cookie("/rate/", "quad_rater"),
        "admin's sign-in": form("/admin/sign-in"),
        "rate's sign-in": form("/rate/sign-in"),
    }


def _socket(bot: str, token: str) -> int:
    """Connect a socket by long polling; 401 when it is refused."""
    with httpx.Client(base_url=bot, params={"EIO": "4", "transport": "polling"}) as http:
        opened = json.loads(http.get("/socket.io/").text[1:])
        http.post(
            "/socket.io/",
            params={"sid": opened["sid"]},
            content="40" + json.dumps({"token": token}),
        )
        answer = http.get("/socket.io/", params={"sid": opened["sid"]}).text
    if answer.startswith("44"):
        assert "not-signed-in" in answer
        return 401
    return 200


@pytest.fixture(scope="module")
def other_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_every_door_refuses(quad, other_key, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = {**forged(quad, other_key), **ended(quad)}
    refused = 0
    for door, opens in _doors(quad).items():
        for name, token in tokens.items():
            assert opens(token) == 401, (door, name)
            refused += 1
    log = quad.log.read_text() if quad.log.is_file() else ""
    told = [SUID, SUID[1:], NAME, *(each for each in tokens.values() if len(each) > 20)]
    assert not [each for each in told if each in log]
    with capsys.disabled():
        print(f"\n{len(tokens)} tokens at {len(_doors(quad))} doors: {refused} refused")


def test_the_doors_are_open_to_good_tokens(quad) -> None:
    """The refusals above are no closed doors."""
    admin = quad.token("ada", Role.ADMIN)
    visitor = quad.gate.visitor()
    doors = _doors(quad)
    for name in ("REST", "socket.io", "uploads"):
        assert doors[name](visitor) in (200, 201), name
    assert doors["a visitor's renewal"](visitor) == 200
    for name in ("admin", "rate", "Axess"):
        assert doors[name](admin) in (200, 303), name
    assert doors["admin's sign-in"](admin) == 303


@pytest.mark.parametrize("header", ["", "Bearer", "Basic eDp5", "bearer x", "Token x"])
def test_headers_that_are_no_bearer_token(quad, header: str) -> None:
    message = {"sender": "s", "message": "hello"}
    shown = {"Authorization": header}
    answer = httpx.post(f"{quad.bot}/webhooks/rest/webhook", json=message, headers=shown)
    assert answer.status_code == 401


def test_a_visitors_conversation_stays_behind(quad) -> None:
    """Signing in carries nothing across: the student's conversation is the student's own."""
    visitor, suid = quad.gate.visitor(), quad.add_student()
    url = f"{quad.bot}/webhooks/rest/webhook"

    def say(token: str, text: str) -> str:
        body = {"sender": "same", "message": text}
        return str(httpx.post(url, json=body, headers=_bearer(token), timeout=30).json())

    assert "CS106A" in say(visitor, "how many units is CS106A?")
    assert "CS106A" not in say(quad.token(suid), "who teaches it?")


def test_pages_of_other_sites_may_not_read(quad) -> None:
    rest = f"{quad.bot}/webhooks/rest/webhook"
    asks = {"Access-Control-Request-Method": "POST"}
    for url in (rest, f"{quad.site}/session/visitor"):
        for origin in ("https://evil.example", "null", f"{quad.site}.evil.example"):
            headers = {"Origin": origin, **asks}
            before = httpx.options(url, headers=headers)
            after = httpx.post(url, json={"sender": "x", "message": "hi"}, headers=headers)
            for answer in (before, after):
                assert "access-control-allow-origin" not in answer.headers
        own = {"Origin": quad.site, **asks, "Access-Control-Request-Headers": "authorization"}
        before = httpx.options(url, headers=own)
        assert before.status_code in (200, 204)
        assert before.headers["access-control-allow-origin"] == quad.site
        assert "authorization" in before.headers["access-control-allow-headers"].lower()
        assert "access-control-allow-credentials" not in before.headers
        after = httpx.post(url, json={"sender": "x", "message": "hi"}, headers=own)
        assert after.headers["access-control-allow-origin"] == quad.site


def test_a_flood_from_one_address_is_slowed(quad) -> None:
    """What a proxy nobody told us of forwards is counted; this machine's own programs are not."""
    body = {"sender": "x", "message": "hi"}
    url = f"{quad.bot}/webhooks/rest/webhook"
    token = quad.token(quad.add_student())
    headers = {**_bearer(token), "X-Forwarded-For": "203.0.113.7"}
    with httpx.Client(timeout=30) as http:
        for _ in range(70):
            answer = http.post(url, json=body, headers=headers)
            if answer.status_code == 429:
                break
        assert answer.status_code == 429
        told = answer.json()
        assert told["error"] == "too-many-requests"
        assert int(answer.headers["retry-after"]) == told["retry_after"] >= 1
        assert "Please give me" in told["text"]
        assert http.post(url, json=body, headers=_bearer(token)).status_code == 200
