"""The web door: socket.io at `/socket.io` for the chat page, and pushes into conversations.

Listed in credentials.yml. A browser connects with a token in `auth`; its subject (a student, or a
visitor's random id) owns exactly one web conversation, which all its tabs share as a room.

Client → server: `user_uttered {id, message, metadata?}`, acknowledged with `{ok, id}`.
Server → client: `history [...]` after connecting, `user_echo`, `typing`, `bot_uttered`.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.channels.socketio import SocketBlueprint
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as Refused

from bot.channels.dedupe import HandledMessages, Replies
from bot.channels.history import as_history
from bot.channels.messages import MalformedMessage, read
from bot.channels.push import append_bot_message
from bot.identity import Gate
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
OnMessage = Callable[[UserMessage], Awaitable[Any]]
SENDER = "web"


class RoomOutput(OutputChannel):
    """Sends replies to every tab of a conversation and keeps them for resends."""

    @classmethod
    def name(cls) -> str:
        """The same name as the door's, so that both find each other."""
        return "web"

    def __init__(self, sio: AsyncServer) -> None:
        self._sio = sio
        self.sent: Replies = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One bot message, whole: text, buttons, image and custom data together."""
        reply = {key: value for key, value in message.items() if value and key != "metadata"}
        self.sent.append(reply)
        await self._sio.emit("bot_uttered", reply, room=recipient_id)


class WebDoor(InputChannel):
    """Socket.io for browsers, and the route through which finished skills answer later."""

    @classmethod
    def name(cls) -> str:
        """The last part but one of the door's path."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebDoor:
        """Called by Rasa for the entry in credentials.yml."""
        settings = Settings.from_env()
        hosts = ("localhost", "127.0.0.1")
        return cls(Gate.of(settings), [f"http://{host}:{settings.site_port}" for host in hosts])

    def __init__(self, gate: Gate, origins: list[str]) -> None:
        self._gate = gate
        self._handled = HandledMessages()
        self._sio = AsyncServer(
            async_mode="sanic", cors_allowed_origins=origins, max_http_buffer_size=200_000
        )

    def get_output_channel(self) -> OutputChannel:
        """Where messages go that are no direct answer."""
        return RoomOutput(self._sio)

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The socket and the push route."""
        door = SocketBlueprint(self._sio, "/socket.io", "web_door", __name__)
        self._register_events(on_new_message, door)

        @door.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @door.post("/push")
        async def push(request: Request) -> HTTPResponse:
            return await self._push(request)

        return door

    def _register_events(self, on_new_message: OnMessage, door: SocketBlueprint) -> None:
        @self._sio.on("connect")
        async def connect(sid: str, environ: dict[str, Any], auth: dict[str, Any] | None) -> None:
            principal = self._admit(auth)
            conversation = self._gate.conversation(principal, SENDER)
            await self._sio.save_session(sid, {"principal": principal, "room": conversation})
            await self._sio.enter_room(sid, conversation)
            agent = environ["sanic.request"].app.ctx.agent
            await self._sio.emit("history", await as_history(agent, conversation), room=sid)

        @self._sio.on("user_uttered")
        async def hear(sid: str, data: Any) -> dict[str, Any]:
            session = await self._sio.get_session(sid)
            speaker, room = session["principal"], session["room"]
            return await self._hear(sid, speaker, room, data, on_new_message)

    def _admit(self, auth: dict[str, Any] | None) -> Principal:
        try:
            return self._gate.verify(str((auth or {}).get("token", "")))
        except NotSignedIn as error:
            raise Refused(error.problem, {"reason": error.reason}) from error

    async def _hear(
        self, sid: str, principal: Principal, room: str, data: Any, on_new_message: OnMessage
    ) -> dict[str, Any]:
        try:
            incoming = read(_with_sender(data))
        except MalformedMessage as error:
            return {"ok": False, "error": "malformed-message", "field": error.field}

        async def handle() -> Replies:
            echo = {"id": incoming.message_id, "text": incoming.text}
            await self._sio.emit("user_echo", echo, room=room, skip_sid=sid)
            await self._sio.emit("typing", {"on": True}, room=room)
            output = RoomOutput(self._sio)
            await on_new_message(
                UserMessage(
                    incoming.text,
                    output,
                    room,
                    input_channel=self.name(),
                    metadata=incoming.metadata(principal),
                )
            )
            await self._sio.emit("typing", {"on": False}, room=room)
            return output.sent

        await self._handled.once(room, incoming.message_id, handle)
        return {"ok": True, "id": incoming.message_id}

    async def _push(self, request: Request) -> HTTPResponse:
        """A message for a conversation from one of our own services."""
        try:
            principal = self._gate.admit(request.headers.get("Authorization"))
        except NotSignedIn as error:
            return json({"error": error.problem}, status=401)
        if principal.role is not Role.SERVICE:
            return json({"error": "not-permitted"}, status=403)
        conversation, message = request.json["conversation"], request.json["message"]
        await append_bot_message(request.app.ctx.agent, conversation, message)
        if self._is_open(conversation):
            await RoomOutput(self._sio).send_response(conversation, message)
        else:
            request.app.ctx.outbox.put(conversation, message)
        return json({"ok": True})

    def _is_open(self, conversation: str) -> bool:
        """Whether some tab shows this conversation now."""
        return any(True for _ in self._sio.manager.get_participants("/", conversation))


def _with_sender(data: Any) -> Any:
    """The socket's wire form as the common one: the id travels as metadata."""
    if not isinstance(data, dict):
        return data
    metadata = data.get("metadata")
    known = metadata if isinstance(metadata, dict) else {}
    return {
        "sender": SENDER,
        "message": data.get("message"),
        "metadata": {**known, "message_id": data.get("id")},
    }
