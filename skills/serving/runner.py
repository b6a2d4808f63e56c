"""Takes jobs into their lanes, follows them to their end, and remembers them over a restart."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from skills.errors import QueueFull, UnknownJob, WorkerDied
from skills.protocol import SkillCard
from skills.registry import CARDS, get
from skills.serving.jobs import DONE, FAILED, QUEUED, RUNNING, Job
from skills.serving.lane import MOST_OF_ONE, Lane
from skills.serving.process import Worker
from skills.serving.records import Records
from skills.serving.worker import Find, Task

Watcher = Callable[[Job], Awaitable[None]]
_ID = re.compile(r"[0-9a-f]{32}")
_SLOW_SECONDS = 20.0  # a skill that usually takes longer has its turn in the slow lane
_MAX_KEPT, _KEPT_SECONDS = 200, 3600
_PROGRESS_SECONDS = 1.0  # between two reports: nobody reads faster
_REMEMBERED_RUNS = 15
_MOST_ATTEMPTS = 2  # a job that was running at two restarts is not tried a third time


class Runner:
    """Two lanes, quick and slow; `watcher` is told of progress and ends of late jobs."""

    def __init__(
        self, folder: Path, records: Records, find: Find = get, cards: dict[str, SkillCard] = CARDS
    ) -> None:
        self._folder = folder
        self._records = records
        self.cards = cards
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lasted: dict[str, deque[float]] = {}
        self._began: dict[str, float] = {}
        self.quick, self.slow = (Lane(Worker(find), self._most_seconds) for _ in range(2))
        self.watcher: Watcher | None = None

    def submit(
        self,
        skill: str,
        uploads: Sequence[Path],
        options: dict[str, Any],
        conversation: str = "",
        key: str = "",
    ) -> Job:
        """Queue a job; raise QueueFull. The same wish (`key`) of a conversation is one job."""
        if key and (known := self._of_wish(conversation, key)) is not None:
            return known
        waiting = [job for job in self.of(conversation) if job.state == QUEUED]
        if conversation and len(waiting) >= MOST_OF_ONE:
            raise QueueFull
        self._forget_old()
        job_id = secrets.token_hex(16)
        task = Task(skill, tuple(map(str, uploads)), options, str(self._folder / job_id))
        job = Job(job_id, task, conversation, key)
        self._lane(skill).put(job)
        self._jobs[job_id] = job
        self._records.put(job)
        return job

    def get(self, job_id: str) -> Job:
        """A job by its id; raise UnknownJob."""
        if job_id not in self._jobs:
            raise UnknownJob(job_id)
        return self._jobs[job_id]

    def folder_of(self, job_id: str) -> Path:
        """Where the pictures of a job lie, of an earlier process too; raise UnknownJob."""
        if not _ID.fullmatch(job_id):
            raise UnknownJob(job_id)
        return self._folder / job_id

    def of(self, conversation: str) -> list[Job]:
        """The jobs of a conversation that wait or run, oldest first."""
        mine = (job for job in self._jobs.values() if job.conversation == conversation)
        return [job for job in mine if job.state in (QUEUED, RUNNING)]

    def cancel(self, job: Job) -> bool:
        """Stop a job; whether there was anything to stop. Its end is not told to anybody."""
        waited = job.state == QUEUED
        stopped = self._lane(job.task.skill).cancel(job)
        if stopped and waited:
            self.settled(job.id)
        return stopped

    def forget(self, job: Job) -> None:
        """Drop an ended job and its pictures."""
        self._jobs.pop(job.id, None)
        shutil.rmtree(job.folder, ignore_errors=True)

    def settled(self, job_id: str) -> None:
        """The end of this job has been told, or is told to nobody."""
        self._records.forget(job_id)

    def usual_seconds(self, skill: str) -> float:
        """How long a run of this skill takes, waiting for its turn included: the median here, or
        the card's guess until there is one.
        """
        lasted = self._lasted.get(skill)
        one = median(lasted) if lasted else self.cards[skill].usual_seconds
        return one * (1 + len(self._lane(skill).waiting))

    async def work(self) -> None:
        """Take up what an earlier process left, then run what waits until cancelled."""
        await self._resume()
        lanes = [lane.work(self._changed, self._heard) for lane in (self.quick, self.slow)]
        await asyncio.gather(*lanes)

    async def _resume(self) -> None:
        self._sweep()
        for job in self._records.left():
            if job.task.skill not in self.cards:
                self.settled(job.id)  # of another version
                continue
            self._jobs[job.id] = job
            if not job.finished.is_set() and job.attempts >= _MOST_ATTEMPTS:
                job.ended(FAILED, {"slug": WorkerDied.slug})
            if job.finished.is_set():
                await self._changed(job)
            else:
                self._lane(job.task.skill).again(job)

    async def _changed(self, job: Job) -> None:
        """Write down that a job has begun or ended, and tell the end."""
        if job.state == RUNNING:
            self._began[job.id] = time.monotonic()
            self._records.put(job)
            return
        began = self._began.pop(job.id, None)
        if job.state == DONE and began is not None:
            runs = self._lasted.setdefault(job.task.skill, deque(maxlen=_REMEMBERED_RUNS))
            runs.append(time.monotonic() - began)
        if job.cancelled or not job.conversation or self.watcher is None:
            self.settled(job.id)
            return
        self._records.put(job)
        await self.watcher(job)

    async def _heard(self, job: Job) -> None:
        """Progress goes no further than to who waits for a late job."""
        soon = time.monotonic() - job.told < _PROGRESS_SECONDS
        if job.late and job.conversation and self.watcher is not None and not soon:
            job.told = time.monotonic()
            await self.watcher(job)

    def _most_seconds(self, skill: str) -> float:
        return self.cards[skill].most_seconds

    def _lane(self, skill: str) -> Lane:
        return self.slow if self.cards[skill].usual_seconds > _SLOW_SECONDS else self.quick

    def _of_wish(self, conversation: str, key: str) -> Job | None:
        same = (j for j in self._jobs.values() if (j.conversation, j.key) == (conversation, key))
        return next(same, None)

    def _forget_old(self) -> None:
        for job in list(self._jobs.values()):
            old = time.time() - job.created > _KEPT_SECONDS
            if job.finished.is_set() and (old or len(self._jobs) >= _MAX_KEPT):
                self.forget(job)

    def _sweep(self) -> None:
        """Pictures of jobs of earlier processes that nobody will ask for any more."""
        for path in self._folder.glob("*"):
            if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
