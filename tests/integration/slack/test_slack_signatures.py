"""Forged, stale and foreign requests: refused before anything of them is read, told nobody."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from pathlib import Path

import httpx
import pytest
from fake_slack import SECRET, FakeSlack, as_form, as_json, signed
from slack_shapes import command, direct, event
from slack_world import World, running

WORDS = "my number is 05551234 and I am Ada Lovelace"


def _forgeries(body: bytes) -> list[dict[str, str]]:
    good = signed(body)
    now = int(time.time())
    moment, signature = good["X-Slack-Request-Timestamp"], good["X-Slack-Signature"]
    made_up = [signature[:-1] + ("0" if signature[-1] != "0" else "1"), "v0=", "v1" + signature[2:],
               signature.upper(), "v0=" + "é" * 64, signature + "00"]  # fmt: skip
    moments = ["", "0", "-1", "abc", "1e9", "٣", "9" * 40, f"{moment}.0"]
    late = [now - 301, now - 3600, now + 301, now + 86_400]
    return [
        {},
        {"X-Slack-Signature": signature},
        {"X-Slack-Request-Timestamp": moment},
        *({**good, "X-Slack-Signature": each.encode().decode("latin-1")} for each in made_up),
        *(
            {**good, "X-Slack-Request-Timestamp": each.encode().decode("latin-1")}
            for each in moments
        ),
        *(signed(body, at=each) for each in late),
        signed(body, secret="another app's secret"),
        signed(body + b" "),
        signed(b""),
    ]


async def test_forged_and_stale_requests_are_refused_without_a_word_of_them(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    bodies = [
        as_json(direct(WORDS, user="U9SECRET")),
        as_json(event({"type": "app_uninstalled"})),
        as_json({"type": "url_verification", "challenge": "x"}),
        as_form(command(f"enroll me, {WORDS}", world.slack.address, user="U9SECRET")),
        (b"ssl_check=1&token=x", {"Content-Type": "application/x-www-form-urlencoded"}),
    ]
    refused = 0
    for content, kind in bodies:
        for forged in _forgeries(content):
            response = await world.http.post(
                f"{world.door}/webhook", content=content, headers={**kind, **_bytes(forged)}
            )
            assert response.status_code == 401, forged
            refused += 1
    assert refused >= 100
    await world.quiet()
    assert world.agent.heard == []
    assert world.slack.calls == []
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert logged.count("refused a request") == refused
    assert not any(word in logged for word in ("05551234", "Ada", "U9SECRET", "T0001"))


def _bytes(headers: dict[str, str]) -> dict[str, str | bytes]:
    return {key: value.encode("latin-1") for key, value in headers.items()}


async def test_a_replayed_request_acts_once(world: World) -> None:
    content, kind = as_json(direct("enroll me"))
    headers = {**kind, **signed(content)}
    for _ in range(5):
        response = await world.http.post(f"{world.door}/webhook", content=content, headers=headers)
        assert response.status_code == 200
    await world.quiet()
    assert len(world.agent.heard) == 1


async def test_another_workspace_is_told_nothing(world: World) -> None:
    await world.send(direct("enroll me", team="T9999"))
    await world.quiet()
    assert world.agent.heard == []
    assert world.slack.told("chat.postMessage") == []


async def test_the_handshake_is_answered(world: World) -> None:
    body = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "legacy"}
    content, kind = as_json(body)
    answer = await world.http.post(
        f"{world.door}/webhook", content=content, headers={**kind, **signed(content)}
    )
    assert (answer.status_code, "3eZbrw1a" in answer.text) == (200, True)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"type": "event_callback"}', b'{"event": 3}',
     b'{"type": "block_actions", "actions": []}', b'{"command": "/quad"}', b"payload=%7B",
     b'{"type": "view_submission", "view": {"callback_id": "enroll"}}', b'{"team": "x"}',
     json.dumps(event({"type": "message", "ts": "x", "channel": 3})).encode()],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", ""])
async def test_signed_nonsense_breaks_nothing(world: World, content: bytes, kind: str) -> None:
    headers = {"Content-Type": kind, **signed(content)}
    answer = await world.http.post(f"{world.door}/webhook", content=content, headers=headers)
    assert answer.status_code in (200, 400, 401)
    await world.quiet()
    assert world.slack.calls == []


async def test_without_credentials_the_door_stays_shut(tmp_path: Path, slack: FakeSlack) -> None:
    async with running(tmp_path, slack, signing_secret=None) as world:
        content, kind = as_json(direct("hello"))
        headers = {**kind, **signed(content, SECRET)}
        for method, path in (
            ("POST", "webhook"), ("GET", "install"), ("GET", "oauth_redirect"), ("GET", "health")
        ):  # fmt: skip
            answer = await world.http.request(
                method, f"{world.door}/{path}", content=content, headers=headers
            )
            assert answer.status_code == 404


async def test_an_acknowledgement_waits_for_nobody(world: World) -> None:
    world.agent._slowness = 2.0
    async with httpx.AsyncClient() as http:
        begun = time.perf_counter()
        bodies = [as_json(direct(f"slow {number}", user=f"U{number}")) for number in range(10)]
        answers = await asyncio.gather(
            *(
                http.post(f"{world.door}/webhook", content=c, headers={**k, **signed(c)})
                for c, k in bodies
            )
        )
        assert time.perf_counter() - begun < 1.5
    assert {answer.status_code for answer in answers} == {200}
