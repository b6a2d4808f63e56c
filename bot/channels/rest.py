"""The REST door: `POST /webhooks/rest/webhook`, listed in credentials.yml."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.dedupe import Replies, handled_messages
from bot.channels.heard import Heard
from bot.channels.history import replies_on_record
from bot.channels.messages import MalformedMessage, read
from bot.channels.outbox import Outbox
from bot.channels.reach import Reach, Reaches
from bot.identity import Gate
from bot.storage.database import shared
from knowledge.errors import NotSignedIn, QuadError
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
OnMessage = Callable[[UserMessage], Awaitable[Any]]


class RestDoor(InputChannel):
    """Answers each message with the list of replies; the speaker is the token's subject."""

    @classmethod
    def name(cls) -> str:
        """The last part but one of the door's path."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestDoor:
        """Called by Rasa for the entry in credentials.yml."""
        settings = Settings.from_env()
        return cls(Gate.of(settings), settings.database_url)

    def __init__(self, gate: Gate, database_url: str) -> None:
        self._gate = gate
        self._handled = handled_messages(database_url)
        self._outbox = Outbox(shared(database_url))
        self._reaches = Reaches(shared(database_url))

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes of this door."""
        door = Blueprint("rest_door")

        @door.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @door.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                principal = self._gate.admit(request.headers.get("Authorization"))
                incoming = read(_body(request))
            except NotSignedIn as error:
                return json({"error": error.problem, "reason": error.reason}, status=401)
            except MalformedMessage as error:
                return json({"error": "malformed-message", "field": error.field}, status=400)
            conversation = self._gate.conversation(principal, incoming.sender)
            heard = Heard.at(conversation, principal, incoming)
            try:
                replies = await self._answer(request.app, heard, on_new_message)
            except QuadError as error:  # the database gives way: safe to send again by its id
                return json({"error": error.problem}, error.status, {"Retry-After": "1"})
            # The conversation's inner id stays inside: the client sees the name it gave.
            return json([{**reply, "recipient_id": incoming.sender} for reply in replies])

        @door.listener("after_server_start")
        async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            app.ctx.senders[self.name()] = self.send

        return door

    async def send(self, address: Mapping[str, Any], message: dict[str, Any]) -> None:
        """To be collected with the answer to the conversation's next message."""
        await asyncio.to_thread(self._outbox.put, address["conversation"], message)

    async def _answer(self, app: Sanic, heard: Heard, on_new_message: OnMessage) -> Replies:
        """What waits for the conversation, and the replies: a resend gets both again."""
        conversation = heard.conversation

        async def handle() -> Replies:
            collector = CollectingOutputChannel()
            await on_new_message(heard.for_rasa(collector, self.name()))
            return heard.numbered(collector.messages)

        async def recover() -> Replies | None:
            return await replies_on_record(app.ctx.agent, conversation, heard.key)

        known = heard.incoming.message_id
        if known is None:
            waits, replies = await asyncio.gather(
                asyncio.to_thread(self._outbox.has, conversation), handle()
            )
            late = await asyncio.to_thread(self._outbox.take, conversation) if waits else []
            replies = [*late, *replies]
        else:
            replies = await self._handled.once(
                conversation,
                known,
                handle,
                recover,
                beside=lambda session: Outbox.taken(session, conversation),
            )
        self._reaches.noted(heard.principal, Reach(self.name(), {"conversation": conversation}))
        return replies


def _body(request: Request) -> Any:
    try:
        return request.json
    except Exception as error:  # Sanic raises its own InvalidUsage, a ValueError or a Unicode error
        raise MalformedMessage("body") from error
