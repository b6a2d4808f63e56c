"""Who is told of a job: its asker within the turn, or else the conversation, later."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from skills.serving.events import JobEvent
from skills.serving.jobs import DONE, RUNNING, Job

Notify = Callable[[JobEvent], Awaitable[None]]
_GRACE_SECONDS = 4.0  # a job that has ended waits this long for its asker, who may have died


class Telling:
    """The runner's watcher. A job that ends while its asker waits is told by the asker alone."""

    def __init__(self, notify: Notify, title_of: Callable[[str], str]) -> None:
        self._notify = notify
        self._title_of = title_of
        self._waiting: set[asyncio.Task[None]] = set()

    async def __call__(self, job: Job) -> None:
        """Tell now, or see in a moment whether it was told by the asker."""
        if job.late:
            await self._notify(self._event(job))
        elif job.state != RUNNING and not job.delivered:
            later = asyncio.create_task(self._unless_taken(job))
            self._waiting.add(later)
            later.add_done_callback(self._waiting.discard)

    async def _unless_taken(self, job: Job) -> None:
        await asyncio.sleep(_GRACE_SECONDS)
        if not job.delivered and not job.late:
            job.late = True
            await self._notify(self._event(job))

    async def gone(self, job: Job) -> None:
        """The asker has left without its end: from now on the conversation is told."""
        job.late = True
        if job.finished.is_set():
            await self._notify(self._event(job))

    def _event(self, job: Job) -> JobEvent:
        return JobEvent(
            job_id=job.id,
            skill=self._title_of(job.task.skill),
            conversation=job.conversation,
            state=job.state,
            progress=job.progress,
            image=so_far(job),
            text=str(job.result.get("text", "")),
            pictures=tuple(paths(job)),
            error=job.error,
            facts=job.facts,
            name=job.task.skill,
        )


def body(job: Job) -> dict[str, Any]:
    """A job as it is told over HTTP."""
    result = {**job.result, "pictures": paths(job)} if job.state == DONE else None
    return {
        "id": job.id,
        "skill": job.task.skill,
        "state": job.state,
        "progress": job.progress,
        "image": so_far(job) or None,
        "result": result,
        "error": {"slug": job.error, **job.facts} if job.error else None,
    }


def so_far(job: Job) -> str:
    """Where the newest picture of a run under way is; another address for each, "" without one."""
    return f"/jobs/{job.id}/progress/{job.shown}" if job.shown and job.state == RUNNING else ""


def paths(job: Job) -> list[str]:
    """Where the pictures of the result are."""
    return [f"/jobs/{job.id}/pictures/{number}" for number in job.result.get("pictures", ())]
