"""Remembers which messages were handled, so that a resend is answered again but acts once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

Replies = list[dict[str, Any]]


class HandledMessages:
    """Replies by (conversation, message id), the oldest forgotten first."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._capacity = capacity
        self._replies: OrderedDict[tuple[str, str], asyncio.Task[Replies]] = OrderedDict()

    async def once(
        self, conversation: str, message_id: str | None, handle: Callable[[], Awaitable[Replies]]
    ) -> Replies:
        """Run `handle` for a new message id; for a known one wait for and repeat its replies."""
        if message_id is None:
            return await handle()
        key = (conversation, message_id)
        if key not in self._replies:
            # A task outlives the request: a client that hangs up and resends finds its answer.
            self._replies[key] = asyncio.ensure_future(self._run(key, handle))
            self._forget_oldest()
        self._replies.move_to_end(key)
        return await asyncio.shield(self._replies[key])

    def _forget_oldest(self) -> None:
        while len(self._replies) > self._capacity:
            self._replies.popitem(last=False)

    async def _run(self, key: tuple[str, str], handle: Callable[[], Awaitable[Replies]]) -> Replies:
        try:
            return await handle()
        except BaseException:
            self._replies.pop(key, None)  # a failed message may be tried again
            raise
