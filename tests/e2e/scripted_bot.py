"""A bot for tests of the page alone: socket.io as the real door speaks it, with replies of our own.

It answers what the test has laid ready, so that a page can be shown things which the real bot says
seldom or never: every field of a message full of markup, late pictures, running skills.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
import time
from collections import deque
from typing import Any

import socketio
import uvicorn

Message = dict[str, Any]


class ScriptedBot:
    """One conversation that all tabs share; a thread of its own serves it."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.history: list[Message] = []
        self.ready: deque[list[Message]] = deque()
        self.tokens: list[str] = []
        self._ids = itertools.count(1)
        self._sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")
        self._register()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://localhost:{self._port}"
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Serve (again) on the same port."""
        app = socketio.ASGIApp(self._sio)
        config = uvicorn.Config(
            app, host="localhost", port=self._port, ws="websockets", log_level="error"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)

    def _serve(self) -> None:
        assert self._server is not None
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self._server.serve())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))

    def stop(self) -> None:
        """Cut every connection and answer none."""
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)

    def will_say(self, *messages: Message) -> None:
        """The replies to the next message that has none laid ready yet."""
        self.ready.append(list(messages))

    def push(self, message: Message) -> None:
        """Say something unasked, to every tab."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._say(message), self._loop).result(10)

    def wait_for_tab(self, number: int) -> None:
        """Until so many tabs have connected, all in all."""
        until = time.monotonic() + 20
        while len(self.tokens) < number:
            assert time.monotonic() < until
            time.sleep(0.05)

    async def _say(self, message: Message) -> None:
        message = {"id": f"b{next(self._ids)}", **message}
        if "progress" not in message:
            self.history.append({"from": "bot", **message})
        await self._sio.emit("bot_uttered", message, room="all")

    def _register(self) -> None:
        @self._sio.on("connect")
        async def connect(sid: str, environ: Message, auth: Message) -> None:
            await self._sio.enter_room(sid, "all")
            await self._sio.emit("history", self.history, room=sid)
            self.tokens.append(auth["token"])

        @self._sio.on("user_uttered")
        async def hear(sid: str, data: Message) -> Message:
            self.heard.append(data)
            said = {"id": data["id"], "text": data["message"]}
            self.history.append({"from": "user", **said})
            await self._sio.emit("user_echo", said, room="all", skip_sid=sid)
            await self._sio.emit("typing", {"on": True}, room="all")
            for message in self.ready.popleft() if self.ready else [{"text": "Heard."}]:
                await self._say(message)
            await self._sio.emit("typing", {"on": False}, room="all")
            return {"ok": True, "id": data["id"]}
