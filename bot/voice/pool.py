"""One worker process that listens and speaks, so that no event loop ever waits for an engine.

Started at the first request (spawned, at low priority), given one job at a time, and replaced when
a job takes longer than it may or the process dies. Few may wait: who comes after is told to return.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from bot.voice.errors import VoiceBusy, VoiceFailed
from knowledge.errors import QuadError

_NICE = 10
_SPAWN = multiprocessing.get_context("spawn")
Serve = Callable[[str, tuple[Any, ...]], Any]


class Worker:
    """A process that does jobs by name; `opened(*arguments)` makes what does them, over there."""

    def __init__(
        self,
        opened: Callable[..., Serve],
        arguments: tuple[Any, ...] = (),
        *,
        seconds: float = 30.0,
        first_seconds: float = 90.0,
        waiting: int = 8,
    ) -> None:
        self._opened, self._arguments = opened, arguments
        self._seconds, self._first_seconds, self._most = seconds, first_seconds, waiting
        self._process: Any = None
        self._pipe: Connection | None = None
        self._turn = asyncio.Lock()
        self._present = 0

    async def do(self, job: str, *arguments: Any) -> Any:
        """The job's result; raise VoiceBusy, VoiceFailed or what the job raised."""
        if self._present > self._most:
            raise VoiceBusy
        self._present += 1
        try:
            async with self._turn:
                return await self._finished(self._exchange(job, arguments))
        finally:
            self._present -= 1

    async def _finished(self, exchange: Awaitable[Any]) -> Any:
        """Wait to the end even when the one who asked has gone: the pipe must not fall behind."""
        task = asyncio.ensure_future(exchange)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            with suppress(QuadError):
                await task
            raise

    async def _exchange(self, job: str, arguments: tuple[Any, ...]) -> Any:
        fresh = self._process is None or not self._process.is_alive()
        limit = self._first_seconds if fresh else self._seconds
        try:
            answer = await asyncio.to_thread(self._ask, fresh, limit, (job, arguments))
        except (EOFError, OSError) as error:
            await asyncio.to_thread(self.close)
            raise VoiceFailed("stopped") from error
        if isinstance(answer, QuadError):
            raise answer
        return answer

    def _ask(self, fresh: bool, limit: float, question: tuple[str, tuple[Any, ...]]) -> Any:
        """In a thread: start what is not there, ask, wait; a worker that is stuck is ended."""
        if fresh:
            self._start()
        pipe = self._pipe
        if pipe is None:
            raise EOFError
        pipe.send(question)
        if not pipe.poll(limit):
            self.close()
            return VoiceFailed("too slow")
        return pipe.recv()

    def _start(self) -> None:
        self.close()
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=_work, args=(theirs, self._opened, self._arguments), daemon=True, name="voice"
        )
        self._process.start()
        theirs.close()

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if process is not None:
            process.kill()
            process.join(5)
        if pipe is not None:
            pipe.close()


def _work(pipe: Connection, opened: Callable[..., Serve], arguments: tuple[Any, ...]) -> None:
    """The worker's life: open the engines, then answer until nobody asks any more."""
    with suppress(OSError):
        os.nice(_NICE)
    serve: Serve | None = None
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            job, given = pipe.recv()
            try:
                serve = serve or opened(*arguments)
                answer = serve(job, given)
            except QuadError as error:
                answer = error
            except Exception as error:  # the next request shall find a worker that answers
                answer = VoiceFailed(type(error).__name__)
            pipe.send(answer)
