"""Socket Mode, for development: the same events over a socket that the door opens itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from fake_slack import FakeSlack
from slack_shapes import command, direct, submitted
from slack_world import running


class Socket:
    """Slack's side of the socket: what it sends is acknowledged by envelope."""

    def __init__(self) -> None:
        self.outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.answers: dict[str, dict[str, Any]] = {}

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        sending = asyncio.ensure_future(self._send(socket))
        async for message in socket:
            answer = message.json()
            self.answers[answer["envelope_id"]] = answer
        sending.cancel()
        return socket

    async def _send(self, socket: web.WebSocketResponse) -> None:
        while True:
            await socket.send_json(await self.outgoing.get())

    async def say(self, name: str, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        await self.outgoing.put({"envelope_id": name, "type": kind, "payload": payload})
        async with asyncio.timeout(10):
            while name not in self.answers:
                await asyncio.sleep(0.01)
        return self.answers[name]


@pytest.fixture
async def socket(slack: FakeSlack) -> AsyncIterator[Socket]:
    made = Socket()
    app = web.Application()
    app.router.add_get("/socket", made.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.socket = f"ws://127.0.0.1:{runner.addresses[0][1]}/socket"
    yield made
    await runner.cleanup()


async def test_events_come_by_socket_and_are_acknowledged(
    tmp_path: Path, slack: FakeSlack, socket: Socket
) -> None:
    async with running(tmp_path, slack, signing_secret=None, app_token="xapp-one") as world:
        said = direct("hello")
        await socket.say("1", "events_api", said)
        await socket.say("2", "events_api", said)  # sent again
        await socket.say("3", "slash_commands", command("classes about robots", slack.address))
        view = {"type": "modal", "callback_id": "enroll", "private_metadata": ""}
        refused = await socket.say("4", "interactive", submitted(view, {}))
        await world.quiet()
        assert refused["payload"]["response_action"] == "errors"
        assert sorted(h.text for h in world.agent.heard) == ["classes about robots", "hello"]
        # The HTTP door stays shut without its secret.
        assert (await world.http.post(f"{world.door}/webhook", json=said)).status_code == 404
