"""The REST door: `POST /webhooks/rest/webhook`, listed in credentials.yml."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.dedupe import HandledMessages, Replies
from bot.channels.messages import Incoming, MalformedMessage, read
from bot.identity import Gate
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal
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
        return cls(Gate.of(Settings.from_env()))

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._handled = HandledMessages()

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
            late = request.app.ctx.outbox.take(self._gate.conversation(principal, incoming.sender))
            replies = await self._answer(principal, incoming, on_new_message)
            # The conversation's inner id stays inside: the client sees the name it gave.
            shown = [*late, *replies]
            return json([{**reply, "recipient_id": incoming.sender} for reply in shown])

        return door

    async def _answer(
        self, principal: Principal, incoming: Incoming, on_new_message: OnMessage
    ) -> Replies:
        conversation = self._gate.conversation(principal, incoming.sender)

        async def handle() -> Replies:
            collector = CollectingOutputChannel()
            message = UserMessage(
                incoming.text,
                collector,
                conversation,
                input_channel=self.name(),
                metadata=incoming.metadata(principal),
            )
            await on_new_message(message)
            return list(collector.messages)

        return await self._handled.once(conversation, incoming.message_id, handle)


def _body(request: Request) -> Any:
    try:
        return request.json
    except Exception as error:  # Sanic raises its own InvalidUsage, a ValueError or a Unicode error
        raise MalformedMessage("body") from error
