"""One job: what is to be run, for whom, and how it stands."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skills.serving.worker import Task

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


@dataclass(eq=False)
class Job:
    """A job as it stands: queued, running, done or failed (`error` is the slug, `facts` its data).

    `key` names the wish behind it, so that the same wish said twice is one job.
    """

    id: str
    task: Task
    conversation: str = ""
    key: str = ""
    state: str = QUEUED
    progress: float = 0.0
    shown: int = 0  # progress pictures so far; the newest one is kept
    result: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    attempts: int = 0
    created: float = field(default_factory=time.time)
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    told: float = 0.0  # the moment at which the watcher last heard of it
    late: bool = False  # the asker has gone: what comes now is pushed into the conversation
    delivered: bool = False  # the asker has taken the end of it along
    cancelled: bool = False

    @property
    def folder(self) -> Path:
        """Where its pictures lie."""
        return Path(self.task.pictures)

    def ended(self, kind: str, outcome: dict[str, Any]) -> None:
        """Set the end: DONE with a result, or FAILED with `slug` and `facts`."""
        if kind == DONE:
            self.result, self.progress = outcome, 1.0
        else:
            self.error, self.facts = outcome["slug"], outcome.get("facts", {})
        self.state = kind
        self.finished.set()
