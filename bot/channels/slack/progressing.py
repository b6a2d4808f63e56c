"""How far a demo is, in Slack: one message that is edited, and that its result replaces.

Kept in this process alone. After a restart the next step makes a new message; one that was left
stays as it was.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.channels.errors import Undeliverable
from bot.channels.slack.blocks import messages
from bot.channels.slack.clients import Clients
from bot.channels.slack.places import Place

logger = logging.getLogger(__name__)
_BETWEEN_SECONDS = 3.0  # two edits: Slack counts them
_MOST = 500


@dataclass
class _Shown:
    """The message of one job, as soon as it is there."""

    ts: str = ""
    channel: str = ""
    at: float = float("-inf")
    over: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Progress:
    """A failure here is no more than a step that nobody sees."""

    def __init__(self, clients: Clients, clock: Callable[[], float] = time.monotonic) -> None:
        self._clients = clients
        self._clock = clock
        self._shown: OrderedDict[str, _Shown] = OrderedDict()

    async def show(self, place: Place, message: Mapping[str, Any]) -> None:
        """Post or edit, at most every three seconds; nothing where answers are for one's eyes."""
        if place.private and not place.direct:
            return
        shown = self._of(str(message.get("job") or ""))
        if shown.lock.locked() or self._clock() - shown.at < _BETWEEN_SECONDS:
            return
        async with shown.lock:
            if shown.over:
                return
            shown.at = self._clock()
            text = {name: message[name] for name in ("text", "progress") if name in message}
            await self._say(place, shown, text)

    async def replace(self, place: Place, message: Mapping[str, Any]) -> bool:
        """Put the first words of the result in its place; False when there is no such message."""
        shown = self._shown.pop(str(message.get("job") or ""), None)
        if shown is None:
            return False
        async with shown.lock:
            shown.over = True
            fits = bool(message.get("text")) and len(messages(message)) == 1
            return bool(shown.ts) and fits and await self._say(place, shown, message)

    def _of(self, job: str) -> _Shown:
        shown = self._shown.setdefault(job, _Shown())
        self._shown.move_to_end(job)
        while len(self._shown) > _MOST:
            self._shown.popitem(last=False)
        return shown

    async def _say(self, place: Place, shown: _Shown, message: Mapping[str, Any]) -> bool:
        arguments = messages(message)[0].arguments()
        try:
            if shown.ts:
                where = {"channel": shown.channel, "ts": shown.ts}
                await self._clients.call(place.team, "chat.update", **where, **arguments)
                return True
            to = {"channel": place.channel or place.user}
            if place.thread and not place.direct:
                to["thread_ts"] = place.thread
            posted = await self._clients.call(place.team, "chat.postMessage", **to, **arguments)
            shown.ts, shown.channel = str(posted["ts"]), str(posted["channel"])
        except (Undeliverable, SlackApiError, KeyError, OSError, TimeoutError) as error:
            logger.info("slack: progress is not shown (%s)", type(error).__name__)
            return False
        return True
