"""The limit of forms: whole ones pass, large ones are refused, broken ones never arrive."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Message

from bot.web.body_limit import UPLOADS, BodyLimit
from bot.web.headers import SecurityHeaders


async def _run(pieces: list[Message], path: str = "/admin/x") -> tuple[list[bytes], list[Message]]:
    """What reaches the app below, and what is answered."""
    arrived: list[bytes] = []
    sent: list[Message] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        arrived.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [], "method": "POST"}
    await SecurityHeaders(BodyLimit(app))(scope, receive, send)
    return arrived, sent


def _piece(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_a_form_in_pieces_arrives_whole_with_headers() -> None:
    arrived, sent = await _run([_piece(b"a=", True), _piece(b"1")])
    assert arrived == [b"a=1"]
    names = {name for name, _ in sent[0]["headers"]}
    assert {b"content-security-policy", b"x-frame-options"} <= names


@pytest.mark.parametrize("pieces", [2, 100])
async def test_a_form_that_is_too_large_is_refused(pieces: int) -> None:
    body = [_piece(b"x" * (1_000_000 // pieces), True) for _ in range(pieces)]
    arrived, sent = await _run(body)
    assert arrived == []
    assert sent[0]["status"] == 413


async def test_half_a_form_never_arrives() -> None:
    arrived, sent = await _run([_piece(b"capacity=1", True), {"type": "http.disconnect"}])
    assert arrived == []
    assert sent == []


async def test_uploads_are_passed_on_as_they_come() -> None:
    arrived, _ = await _run([_piece(b"x" * 600_000, True)], UPLOADS)
    assert len(arrived[0]) == 600_000
