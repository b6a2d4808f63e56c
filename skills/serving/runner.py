"""Jobs: a bounded queue, one worker process, progress and results; a stuck worker is replaced."""

from __future__ import annotations

import asyncio
import multiprocessing
import secrets
import shutil
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from skills.errors import JobTimedOut, QueueFull, UnknownJob, WorkerDied
from skills.serving.worker import Task, serve

Watcher = Callable[["Job"], Awaitable[None]]
_MAX_WAITING, _MAX_KEPT, _KEPT_SECONDS = 20, 200, 3600
_POLL_SECONDS = 0.02
_PROGRESS_SECONDS = 1.0  # between two reports: nobody reads faster
_REMEMBERED_RUNS = 15


@dataclass
class Job:
    """A job as it stands."""

    id: str
    task: Task
    conversation: str = ""
    callback_token: str = ""
    state: str = "queued"
    progress: float = 0.0
    result: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    created: float = field(default_factory=time.time)
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    told: float = 0.0  # the moment at which the watcher last heard of it


class Runner:
    """Takes jobs and runs them one by one."""

    def __init__(self, folder: Path, seconds: float = 60.0) -> None:
        self._folder = folder
        self._seconds = seconds
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: asyncio.Queue[Job] = asyncio.Queue()
        self._worker: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._lasted: dict[str, deque[float]] = {}
        self.watcher: Watcher | None = None

    def submit(
        self,
        skill: str,
        uploads: Sequence[Path],
        options: dict[str, Any],
        conversation: str,
        callback_token: str,
    ) -> Job:
        """Queue a job; raise QueueFull."""
        if self._queue.qsize() >= _MAX_WAITING:
            raise QueueFull
        self._forget_old()
        job_id = secrets.token_hex(16)
        task = Task(skill, tuple(map(str, uploads)), options, str(self._folder / job_id))
        job = Job(job_id, task, conversation, callback_token)
        self._jobs[job_id] = job
        self._queue.put_nowait(job)
        return job

    def get(self, job_id: str) -> Job:
        """A job by its id; raise UnknownJob."""
        if job_id not in self._jobs:
            raise UnknownJob(job_id)
        return self._jobs[job_id]

    def usual_seconds(self, skill: str, guess: float) -> float:
        """How long a run of this skill takes, waiting for its turn included: the median here, or
        the guess until there is one.
        """
        waiting = self._queue.qsize()
        one = median(lasted) if (lasted := self._lasted.get(skill)) else guess
        return one * (1 + waiting)

    def picture(self, job: Job, number: int) -> Path:
        """Where a finished job's picture lies."""
        return Path(job.task.pictures) / f"{number}.png"

    async def work(self) -> None:
        """Run queued jobs until cancelled."""
        try:
            while True:
                await self._run(await self._queue.get())
        finally:
            self.stop()

    async def _run(self, job: Job) -> None:
        job.state, began = "running", time.monotonic()
        try:
            kind, outcome = await self._converse(job)
        except JobTimedOut as error:
            kind, outcome = "failed", error.slug
            self.stop()
        except (EOFError, OSError):
            kind, outcome = "failed", WorkerDied.slug
            self.stop()
        if kind == "done":
            job.result, job.progress = outcome, 1.0
            runs = self._lasted.setdefault(job.task.skill, deque(maxlen=_REMEMBERED_RUNS))
            runs.append(time.monotonic() - began)
        else:
            job.error = outcome
        job.state = kind
        job.finished.set()
        await self._tell(job)

    async def _converse(self, job: Job) -> tuple[str, Any]:
        """Send the task, follow its progress, return ("done", result) or ("failed", slug)."""
        connection = self._connected()
        connection.send(job.task)
        deadline = time.monotonic() + self._seconds
        while True:
            while not connection.poll():
                if time.monotonic() > deadline:
                    raise JobTimedOut
                await asyncio.sleep(_POLL_SECONDS)
            kind, value = connection.recv()
            if kind != "progress":
                return kind, value
            job.progress = min(1.0, max(job.progress, float(value)))
            if time.monotonic() - job.told > _PROGRESS_SECONDS:
                job.told = time.monotonic()
                await self._tell(job)

    async def _tell(self, job: Job) -> None:
        if self.watcher is not None and job.conversation:
            await self.watcher(job)

    def _connected(self) -> Connection:
        if self._connection is None or self._worker is None or not self._worker.is_alive():
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._worker = context.Process(target=serve, args=(theirs,), daemon=True)
            self._worker.start()
            theirs.close()
            self._connection = ours
        return self._connection

    def stop(self) -> None:
        """End the worker; the next job gets a new one."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.join()
        if self._connection is not None:
            self._connection.close()
        self._worker = self._connection = None

    def _forget_old(self) -> None:
        for job_id, job in list(self._jobs.items()):
            old = time.time() - job.created > _KEPT_SECONDS
            if job.finished.is_set() and (old or len(self._jobs) >= _MAX_KEPT):
                del self._jobs[job_id]
                shutil.rmtree(job.task.pictures, ignore_errors=True)
