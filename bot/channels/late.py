"""`POST /push`: what our own services have to say later, through the door of its conversation.

The job server posts a skill's progress and result here. Progress is shown where it can be and kept
nowhere; a result stands in the record and is shown once, however often it is posted.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.errors import Undeliverable
from bot.channels.noted import has_message, record_note
from bot.channels.places import Reach, kept, shared_places
from bot.storage.database import DoorDatabase

logger = logging.getLogger(__name__)
PROGRESS = "progress"
_WEB = "web"


class LateMessages:
    """Routes messages by conversation; open to service tokens alone (bot/server.py)."""

    def __init__(self, app: Sanic, database: DoorDatabase) -> None:
        self._app = app
        self._database = database
        app.add_route(self._receive, "/push", methods=["POST"], name="push")

    async def _receive(self, request: Request) -> HTTPResponse:
        body = request.json
        if not _well_formed(body):
            return json({"error": "malformed-message"}, status=400)
        try:
            await self.push(body["conversation"], body["message"])
        except Exception as error:  # it is posted again
            logger.warning("a late message waits: %s", type(error).__name__)
            return json({"error": "service-busy"}, status=503)
        return json({"ok": True})

    async def push(self, conversation: str, message: dict[str, Any]) -> None:
        """Show it where the conversation is held; the record of a web conversation else."""
        lasting, number = PROGRESS not in message, message.get("id")
        agent = self._app.ctx.agent
        if lasting and number and await has_message(agent, conversation, number):
            return
        reach = await self._reach(conversation)
        try:
            await self._app.ctx.senders[reach.door](reach.address, message)
        except (KeyError, Undeliverable) as error:
            logger.info("a late message goes to the web conversation: %r", error)
            if lasting:
                await self._app.ctx.senders[_WEB]({"conversation": conversation}, message)
        if lasting and number:
            await record_note(agent, conversation, message, {})

    async def _reach(self, conversation: str) -> Reach:
        known = shared_places().find(conversation)
        if known is None:
            known = await asyncio.to_thread(kept, self._database, conversation)
        return known or Reach(_WEB, {"conversation": conversation})


def _well_formed(body: Any) -> bool:
    if not isinstance(body, dict):
        return False
    conversation, message = body.get("conversation"), body.get("message")
    return isinstance(conversation, str) and bool(conversation) and isinstance(message, dict)
