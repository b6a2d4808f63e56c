"""Messages are handled once, whoever sends them again, to whichever replica, after whatever crash.

The first who brings a message id claims it in the shared database; who brings it again waits for
the one who has it, and gets the same replies. Doors call `once`; nothing blocks the event loop.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import cache

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.claims import LEASE, Answered, Beside, Claim, Claims, Replies
from bot.storage.database import shared
from knowledge.errors import QuadError

__all__ = ["HandledMessages", "Replies", "handled_messages"]
logger = logging.getLogger(__name__)
_BEAT = LEASE.total_seconds() / 4
_SHORTEST, _LONGEST = 0.05, 1.0  # seconds between two looks at somebody else's claim
_FAULTS = (QuadError, SQLAlchemyError)
Key = tuple[str, str]


class HandledMessages:
    """Replies by (conversation, message id), kept by `Claims`; running ones are waited for here."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._running: dict[Key, asyncio.Task[Replies]] = {}

    async def once(
        self,
        conversation: str,
        message_id: str | None,
        handle: Callable[[], Awaitable[Replies]],
        recover: Callable[[], Awaitable[Replies | None]] | None = None,
        beside: Beside | None = None,
    ) -> Replies:
        """The replies of `handle`, which runs once for a message id; a resend gets the same.

        After a crash `recover` is asked first for the replies of a run that had ended but for
        telling us. `beside` adds messages in the transaction that keeps the replies. A message
        without an id is simply handled.
        """
        if not message_id:
            return await handle()
        key = (conversation, message_id)
        running = self._running.get(key)
        if running is None:
            # A task outlives the request: a client that hangs up and resends finds its answer.
            running = asyncio.ensure_future(self._settled(key, handle, recover, beside))
            self._running[key] = running
            running.add_done_callback(lambda ended: self._ended(key, ended))
        return await asyncio.shield(running)

    async def drain(self, seconds: float) -> None:
        """Before the process ends: let what runs come to its end, then give up the rest."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)
        left = list(self._running.values())
        for running in left:
            running.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def forget(self, before: datetime) -> int:
        """Delete what was handled before that moment; how many."""
        return await asyncio.to_thread(self._claims.forget, before)

    async def _settled(
        self,
        key: Key,
        handle: Callable[[], Awaitable[Replies]],
        recover: Callable[[], Awaitable[Replies | None]] | None,
        beside: Beside | None,
    ) -> Replies:
        found = await self._claimed(key)
        if isinstance(found, Answered):
            return found.replies
        beat = asyncio.create_task(self._beat(key))
        try:
            replies = await recover() if found.again and recover else None
            if replies is None:
                replies = await handle()
        except BaseException:
            with suppress(*_FAULTS):  # its lease ends by itself then
                await asyncio.shield(asyncio.to_thread(self._claims.release, *key))
            raise
        finally:
            beat.cancel()
        try:
            return await asyncio.to_thread(self._claims.settle, *key, replies, beside)
        except _FAULTS as error:  # it is handled all the same, and the record knows it
            logger.warning("replies could not be kept: %s", type(error).__name__)
            return replies

    async def _claimed(self, key: Key) -> Claim | Answered:
        wait = _SHORTEST
        while (found := await asyncio.to_thread(self._claims.take, *key)) is None:
            while True:
                await asyncio.sleep(wait * random.uniform(0.5, 1))
                wait = min(_LONGEST, wait * 1.5)
                if await asyncio.to_thread(self._claims.look, *key):
                    break
        return found

    async def _beat(self, key: Key) -> None:
        while True:
            await asyncio.sleep(_BEAT)
            with suppress(*_FAULTS):
                await asyncio.to_thread(self._claims.renew, *key)

    def _ended(self, key: Key, task: asyncio.Task[Replies]) -> None:
        self._running.pop(key, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.warning("a message could not be handled: %s", type(error).__name__)


@cache
def handled_messages(url: str) -> HandledMessages:
    """The one of this process, for all its doors."""
    return HandledMessages(Claims(shared(url)))
