"""The web door: socket.io at `/socket.io` for pages and the widget, and pushes into conversations.

Listed in credentials.yml. A browser connects with a token in `auth`; its subject (a student, or a
visitor's random id) owns exactly one web conversation, which all its tabs share as a room.

Client → server: `user_uttered {id, message, metadata?}`, acknowledged when all is done and kept:
`{ok: true, id}`, or `{ok: false, id, error}`, with `retry_after` (seconds) if it may work later.
Server → client: `history [...]` after connecting, `user_echo`, `typing`, `bot_uttered`, `token`
before a socket whose token has ended is closed. Every message has an `id` that stays the same.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.channels.socketio import SocketBlueprint
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.dedupe import Replies, handled_messages
from bot.channels.heard import Heard
from bot.channels.history import replies_on_record
from bot.channels.messages import MalformedMessage, read
from bot.channels.pushing import PushRoute
from bot.channels.reach import Reach, Reaches
from bot.channels.room import RoomOutput
from bot.channels.sockets import SENDER, Listener, Sockets, make_server
from bot.identity import Gate
from bot.identity.origins import allowed_origins
from bot.storage.database import shared
from knowledge.errors import NotSignedIn
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
OnMessage = Callable[[UserMessage], Awaitable[Any]]
_LATER = 1.0  # seconds after which a message that could not be handled is sent again


class WebDoor(InputChannel):
    """Socket.io for browsers, and the route through which finished skills answer later."""

    @classmethod
    def name(cls) -> str:
        """The last part but one of the door's path."""
        return SENDER

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebDoor:
        """Called by Rasa for the entry in credentials.yml."""
        settings = Settings.from_env()
        return cls(Gate.of(settings), list(allowed_origins(settings)), settings)

    def __init__(self, gate: Gate, origins: list[str], settings: Settings) -> None:
        self._gate = gate
        self._handled = handled_messages(settings.database_url)
        self._reaches = Reaches(shared(settings.database_url))
        self._sio = make_server(origins, settings.redis_url)
        self._sockets = Sockets(self._sio, gate)

    def get_output_channel(self) -> OutputChannel:
        """Where messages go that are no direct answer."""
        return RoomOutput(self._sio, "rasa")

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The socket and the push route."""
        door = SocketBlueprint(self._sio, "/socket.io", "web_door", __name__)
        self._sockets.register()

        @self._sio.on("user_uttered")
        async def hear(sid: str, data: Any = None, *_: Any) -> dict[str, Any]:
            return await self._hear(sid, data, on_new_message)

        @door.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        door.post("/push")(PushRoute(self._gate, self._sio))

        @door.listener("after_server_start")
        async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            app.ctx.senders[self.name()] = self.send
            self._sockets.start()

        @door.listener("before_server_stop")
        async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            self._sockets.stop()

        return door

    async def send(self, address: Mapping[str, Any], message: dict[str, Any]) -> None:
        """To all tabs of a conversation; its record, kept by the caller, is shown to later ones."""
        await self._sio.emit("bot_uttered", message, room=address["conversation"])

    async def _hear(self, sid: str, data: Any, on_new_message: OnMessage) -> dict[str, Any]:
        told = data.get("id") if isinstance(data, dict) else None
        try:
            listener = await self._sockets.speaker(sid)
            incoming = read(_with_sender(data))
        except MalformedMessage as error:
            return _refused(told, "malformed-message", field=error.field)
        except NotSignedIn as error:
            await self._sockets.close(sid)
            return _refused(told, error.problem)
        if wait := _too_fast(listener):
            return _refused(told, "too-many-requests", retry_after=wait)
        heard = Heard.at(listener.room, listener.principal, incoming)
        try:
            await self._answer(sid, listener, heard, on_new_message)
        except Exception as error:  # whatever it was, the message may be sent again
            logger.warning("web: a message was not handled: %s", type(error).__name__)
            return _refused(told, "failed", retry_after=_LATER)
        return {"ok": True, "id": incoming.message_id}

    async def _answer(
        self, sid: str, listener: Listener, heard: Heard, on_new_message: OnMessage
    ) -> None:
        ran = False

        async def handle() -> Replies:
            nonlocal ran
            ran = True
            return await self._turn(sid, heard, on_new_message)

        async def recover() -> Replies | None:
            return await replies_on_record(listener.app.ctx.agent, heard.conversation, heard.key)

        known = heard.incoming.message_id
        replies = await self._handled.once(heard.conversation, known, handle, recover)
        if not ran:  # they went to tabs that are gone, or of another replica
            for reply in replies:
                await self._sio.emit("bot_uttered", reply, room=sid)
        zone = heard.incoming.client.get("time_zone")
        reach = Reach(self.name(), {"conversation": heard.conversation}, zone)
        self._reaches.noted(heard.principal, reach)

    async def _turn(self, sid: str, heard: Heard, on_new_message: OnMessage) -> Replies:
        room = heard.conversation
        echo = {"id": heard.incoming.message_id or heard.key, "text": heard.incoming.text}
        await self._sio.emit("user_echo", echo, room=room, skip_sid=sid)
        await self._sio.emit("typing", {"on": True}, room=room)
        output = RoomOutput(self._sio, heard.key)
        try:
            await on_new_message(heard.for_rasa(output, self.name()))
        finally:
            await self._sio.emit("typing", {"on": False}, room=room)
        return output.sent


def _refused(told: Any, error: str, **more: Any) -> dict[str, Any]:
    return {"ok": False, "id": told if isinstance(told, str) else None, "error": error, **more}


def _too_fast(listener: Listener) -> float:
    """Seconds to wait by the limits of the process, where it has some (`app.ctx.limits`)."""
    limits = getattr(listener.app.ctx, "limits", None)
    if limits is None or listener.address is None:
        return 0.0
    return float(limits.wait(listener.principal, listener.address))


def _with_sender(data: Any) -> Any:
    """The socket's wire form as the common one: the id travels as metadata."""
    if not isinstance(data, dict):
        return data
    metadata = data.get("metadata")
    if data.get("id") is not None and not isinstance(data["id"], str):
        raise MalformedMessage("id")
    known = metadata if isinstance(metadata, dict) else {}
    return {
        "sender": SENDER,
        "message": data.get("message"),
        "metadata": {**known, "message_id": data.get("id")},
    }
