"""A worker process as the server holds it: started when it is needed, replaced when it is stuck."""

from __future__ import annotations

import asyncio
import math
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any

from skills.errors import JobCancelled, JobTimedOut, SkillError, WorkerDied
from skills.serving.jobs import FAILED, Job
from skills.serving.worker import Find, serve

Heard = Callable[[Job], Awaitable[None]]
_POLL_SECONDS = 0.02


class Worker:
    """Runs one job at a time."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    async def run(self, job: Job, seconds: float, heard: Heard) -> tuple[str, dict[str, Any]]:
        """How the job ended; `heard` is told after each step. A run that takes longer, is
        cancelled or takes the process with it ends as a failure, and the process with it.
        """
        try:
            return await self._converse(job, seconds, heard)
        except SkillError as error:
            self.stop()
            return FAILED, {"slug": error.slug}
        except (EOFError, OSError):
            self.stop()
            return FAILED, {"slug": WorkerDied.slug}

    async def _converse(self, job: Job, seconds: float, heard: Heard) -> tuple[str, dict[str, Any]]:
        connection = self._connected()
        connection.send(job.task)
        deadline = time.monotonic() + seconds
        while True:
            while not connection.poll():
                if job.cancelled:
                    raise JobCancelled
                if time.monotonic() > deadline:
                    raise JobTimedOut
                await asyncio.sleep(_POLL_SECONDS)
            kind, value = connection.recv()
            if kind != "progress":
                return kind, value
            share, shown = value
            job.shown += bool(shown)
            if math.isfinite(share):
                job.progress = min(1.0, max(job.progress, share))
            await heard(job)

    def _connected(self) -> Connection:
        if self._connection is None or self._process is None or not self._process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs, self._find), daemon=True)
            self._process.start()
            theirs.close()
            self._connection = ours
        return self._connection

    def stop(self) -> None:
        """End the process; the next job gets a new one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None
