"""The web door's sockets: who may open one, whose it is, and that it closes with its token.

A socket outlives the moment at which its token was checked, so tokens are checked again: with
every message, and all few seconds for those who only listen.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from sanic import Sanic
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as Refused

from bot.channels.history import as_history
from bot.identity import Gate
from bot.identity.addresses import Address
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal

logger = logging.getLogger(__name__)
SENDER = "web"
_LARGEST = 200_000  # bytes of one message
_PERIOD = 3.0  # seconds between two looks at the tokens of all sockets


@dataclass(frozen=True)
class Listener:
    """One open tab."""

    principal: Principal
    room: str
    token: str
    app: Sanic
    address: Address | None = None  # where the tab is, for the limits


def make_server(origins: list[str], redis_url: str | None) -> AsyncServer:
    """The socket server; with Redis, what is said on one replica reaches the tabs of all."""
    shared: dict[str, Any] = {}
    if redis_url:
        from socketio import AsyncRedisManager

        shared["client_manager"] = AsyncRedisManager(redis_url)
    return AsyncServer(
        async_mode="sanic",
        cors_allowed_origins=origins,
        max_http_buffer_size=_LARGEST,
        **shared,
    )


class Sockets:
    """All sockets of this process."""

    def __init__(self, sio: AsyncServer, gate: Gate) -> None:
        self._sio = sio
        self._gate = gate
        self._open: dict[str, Listener] = {}
        self._watch: asyncio.Task[None] | None = None

    def register(self) -> None:
        """Answer to tabs that come and go."""
        self._sio.on("connect", self._connect)
        self._sio.on("disconnect", self._disconnect)

    def start(self) -> None:
        """Begin to watch over tokens; needs a running event loop."""
        self._watch = asyncio.create_task(self._watch_tokens())

    def stop(self) -> None:
        """End watching."""
        if self._watch is not None:
            self._watch.cancel()

    async def speaker(self, sid: str) -> Listener:
        """Whose socket it is; raise NotSignedIn when the token counts no more."""
        listener = self._open.get(sid)
        if listener is None:
            raise NotSignedIn("closed")
        await asyncio.to_thread(self._gate.verify, listener.token)
        return listener

    async def close(self, sid: str) -> None:
        """Tell the tab that its token counts no more, and close: it may come back with another."""
        await self._sio.emit("token", {"refused": True}, room=sid)
        await self._sio.disconnect(sid)

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        token = str(auth.get("token", "")) if isinstance(auth, dict) else ""
        try:
            principal = await asyncio.to_thread(self._gate.verify, token)
        except NotSignedIn as error:
            raise Refused(error.problem, {"reason": error.reason}) from error
        request = environ["sanic.request"]
        app, limits = request.app, getattr(request.app.ctx, "limits", None)
        address = limits.address(request) if limits is not None else None
        room = self._gate.conversation(principal, SENDER)
        self._open[sid] = Listener(principal, room, token, app, address)
        await self._sio.enter_room(sid, room)
        await self._sio.emit("history", await as_history(app.ctx.agent, room), room=sid)

    async def _disconnect(self, sid: str, reason: Any = None) -> None:
        self._open.pop(sid, None)

    async def _watch_tokens(self) -> None:
        while True:
            await asyncio.sleep(_PERIOD)
            try:
                for sid in await asyncio.to_thread(self._refused):
                    await self.close(sid)
            except Exception:  # the watch goes on
                logger.exception("web: tokens could not be checked")

    def _refused(self) -> list[str]:
        """Those whose token has ended since; checked in a thread, some ask the database."""
        return [sid for sid, listener in list(self._open.items()) if not self._counts(listener)]

    def _counts(self, listener: Listener) -> bool:
        try:
            self._gate.verify(listener.token)
        except NotSignedIn:
            return False
        return True
