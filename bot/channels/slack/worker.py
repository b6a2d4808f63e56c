"""Takes letters out of the inbox and has them handled, several conversations at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.errors import Undeliverable
from bot.channels.slack.inbox import MOST_TRIES, Inbox, Letter, TakenOver
from bot.channels.slack.threads import Threads

logger = logging.getLogger(__name__)
Handle = Callable[[Letter], Awaitable[None]]
_POLL_SECONDS = 1.0  # for what another process left behind; what comes here wakes at once
_AT_ONCE = 4  # turns compute on this process's loop: more at once only delay acknowledgements
_BETWEEN_CLEANINGS = 3600.0


class Worker:
    """One a process; any number of processes share the inbox."""

    def __init__(
        self,
        inbox: Inbox,
        handle: Handle,
        give_up: Handle,
        threads: Threads,
        poll_seconds: float = _POLL_SECONDS,
    ) -> None:
        self._inbox = inbox
        self._handle = handle
        self._give_up = give_up
        self._threads = threads
        self._poll = poll_seconds
        self._news = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There is a new letter."""
        self._news.set()

    def start(self) -> None:
        """Begin, on the running event loop."""
        self._loop = asyncio.ensure_future(self._work())

    async def stop(self) -> None:
        """Stop as a crash would: what is under way stays claimed until its lease ends."""
        tasks = [*self._running, *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self) -> None:
        clock = asyncio.get_running_loop().time
        cleaned = clock()
        while True:
            try:
                await self._round()
                if clock() - cleaned > _BETWEEN_CLEANINGS:
                    cleaned = clock()
                    await self._threads.run(self._inbox.forget_old)
            except Exception as error:  # the database is away: try again
                logger.warning("slack: the inbox cannot be read (%s)", type(error).__name__)
                await asyncio.sleep(self._poll)

    async def _round(self) -> None:
        free = _AT_ONCE - len(self._running)
        self._news.clear()
        letters = await self._threads.run(self._inbox.claim, free) if free > 0 else []
        for letter in letters:
            task = asyncio.ensure_future(self._one(letter))
            self._running.add(task)
            task.add_done_callback(self._ended)
        if not letters:
            await self._until_news()

    async def _until_news(self) -> None:
        try:
            async with asyncio.timeout(self._poll):
                await self._news.wait()
        except TimeoutError:
            return

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._news.set()  # the next of its conversation is free now

    async def _one(self, letter: Letter) -> None:
        beat = asyncio.ensure_future(self._renewing(letter.key))
        try:
            await self._handle(letter)
        except Undeliverable as error:
            logger.warning("slack: an answer could not be delivered (%s)", error.reason)
        except TakenOver:
            return
        except Exception as error:
            await self._failed(letter, error)
            return
        finally:
            beat.cancel()
        await self._threads.run(self._inbox.settle, letter.key)

    async def _failed(self, letter: Letter, error: Exception) -> None:
        # Types alone: an error's text may hold what somebody wrote.
        kind = letter.key.partition(":")[0]
        logger.warning("slack: try %d of a %s failed (%s)", letter.tries, kind, _names(error))
        if letter.tries < MOST_TRIES:
            await self._threads.run(self._inbox.release, letter)
            return
        try:
            await self._give_up(letter)
        except Exception as second:
            logger.warning("slack: could not tell that it failed (%s)", _names(second))
        await self._threads.run(self._inbox.settle, letter.key)

    async def _renewing(self, key: str) -> None:
        while True:
            await asyncio.sleep(self._inbox.lease.total_seconds() / 3)
            try:
                await self._threads.run(self._inbox.renew, key)
            except Exception as error:
                logger.warning("slack: a claim could not be renewed (%s)", _names(error))


def _names(error: BaseException | None) -> str:
    """The types of an error and of what led to it."""
    names: list[Any] = []
    while error is not None and len(names) < 4:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return " from ".join(names)
