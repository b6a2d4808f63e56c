"""One message of a conversation at a time: Rasa's lock store without its pauses.

Rasa's own in-memory store lets who waits look again once a second. Here who comes first is served
first, and the next begins when the one before has ended. Within one process: replicas act once on
a message (bot/channels/dedupe.py), and sticky sessions keep a conversation with one of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError


class FairLockStore(InMemoryLockStore):
    """`lock_store: type: bot.locks.FairLockStore` in endpoints.yml."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation; raise LockError after having waited `lock_lifetime` seconds."""
        lock, users = self._locks.get(conversation_id, (asyncio.Lock(), 0))
        self._locks[conversation_id] = (lock, users + 1)
        try:
            try:
                async with asyncio.timeout(lock_lifetime):
                    await lock.acquire()
            except TimeoutError as error:
                raise LockError("a message before this one has not ended") from error
            try:
                yield TicketLock(conversation_id)
            finally:
                lock.release()
        finally:
            lock, users = self._locks[conversation_id]
            self._locks[conversation_id] = (lock, users - 1)
            if users == 1:
                del self._locks[conversation_id]
