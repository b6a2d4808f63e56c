"""Everything Slack sends is kept first and answered at once; the work is done from the inbox."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.channels.slack import envelopes
from bot.channels.slack.forms import refused
from bot.channels.slack.inbox import Inbox
from bot.channels.slack.threads import Threads

logger = logging.getLogger(__name__)
LETTER = "letter"  # in the context of what comes from the inbox
_JSON: dict[str, str | Sequence[str]] = {"Content-Type": ["application/json"]}


class Intake:
    """The first that slack-bolt asks about a request."""

    def __init__(self, inbox: Inbox, threads: Threads, wake: Callable[[], None]) -> None:
        self._inbox = inbox
        self._threads = threads
        self._wake = wake

    async def keep(
        self, req: AsyncBoltRequest, on: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Keep what is new and answer; let pass what comes from the inbox, and the handshake."""
        body: dict[str, Any] = req.body
        if LETTER in req.context or body.get("type") == "url_verification":
            return await on()
        if body.get("type") == "block_suggestion":
            return BoltResponse(status=200, body=json.dumps({"options": []}), headers=_JSON)
        errors = refused(body)
        if errors is not None:  # shown in the form, which stays open
            answer = {"response_action": "errors", "errors": errors}
            return BoltResponse(status=200, body=json.dumps(answer), headers=_JSON)
        envelope = envelopes.of(body)
        if envelope is not None and await self._threads.run(self._inbox.put, envelope, body):
            self._wake()
        return BoltResponse(status=200, body="")
