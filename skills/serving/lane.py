"""A lane: a bounded queue, fair to every conversation, in front of one worker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from skills.errors import JobCancelled, QueueFull
from skills.serving.jobs import FAILED, RUNNING, Job
from skills.serving.process import Heard, Worker

MOST_WAITING = 20
MOST_OF_ONE = 3  # waiting jobs of one conversation, in all lanes
MOST_OF_NOBODY = 12  # waiting jobs of a lane that were asked for by no conversation
Changed = Callable[[Job], Awaitable[None]]


class Lane:
    """Quick skills have one, slow ones another: neither waits for the other."""

    def __init__(self, worker: Worker, seconds_of: Callable[[str], float]) -> None:
        self.worker = worker
        self.waiting: list[Job] = []
        self.current: Job | None = None
        self._seconds_of = seconds_of
        self._came = asyncio.Event()
        self._served = ""  # whose job ran last

    def put(self, job: Job) -> None:
        """Let a new job wait for its turn; raise QueueFull."""
        nobodys = sum(not each.conversation for each in self.waiting)
        if len(self.waiting) >= MOST_WAITING:
            raise QueueFull
        if not job.conversation and nobodys >= MOST_OF_NOBODY:
            raise QueueFull
        self.again(job)

    def again(self, job: Job) -> None:
        """Let a job wait that was taken before, by an earlier process."""
        self.waiting.append(job)
        self._came.set()

    async def work(self, changed: Changed, heard: Heard) -> None:
        """Run what waits until cancelled; `changed` is told of each start and end."""
        try:
            while True:
                await self._came.wait()
                self._came.clear()
                while self.waiting:
                    await self._run(self._next(), changed, heard)
        finally:
            self.worker.stop()

    async def _run(self, job: Job, changed: Changed, heard: Heard) -> None:
        self.current = job
        job.state = RUNNING
        job.attempts += 1
        await changed(job)
        kind, outcome = await self.worker.run(job, self._seconds_of(job.task.skill), heard)
        self.current = None
        job.ended(kind, outcome)
        await changed(job)

    def _next(self) -> Job:
        """The first to come of another conversation than the last one served, else the first."""
        others = (place for place, job in enumerate(self.waiting) if self._others(job))
        job = self.waiting.pop(next(others, 0))
        self._served = job.conversation
        return job

    def _others(self, job: Job) -> bool:
        return not job.conversation or job.conversation != self._served

    def cancel(self, job: Job) -> bool:
        """Take a waiting job out, or stop the running one; whether it was either."""
        job.cancelled = True
        if job in self.waiting:
            self.waiting.remove(job)
            job.ended(FAILED, {"slug": JobCancelled.slug})
            return True
        return job is self.current
