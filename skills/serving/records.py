"""Jobs on the disk, from when they are taken until their end has been told.

After a restart what waited runs, what ran is run once more, and what had ended is told. A file of
SQLite; each call is one small transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from skills.serving.jobs import DONE, FAILED, Job
from skills.serving.worker import Task

_TABLE = """CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, created REAL NOT NULL, conversation TEXT NOT NULL, key TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, task TEXT NOT NULL, ending TEXT NOT NULL
)"""
_PUT = "INSERT OR REPLACE INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Records:
    """The file; `:memory:` would forget between two calls."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as file:
            file.execute(_TABLE)
        path.chmod(0o600)

    def put(self, job: Job) -> None:
        """Write a job as it stands."""
        task = {
            "skill": job.task.skill,
            "uploads": job.task.uploads,
            "options": job.task.options,
            "pictures": job.task.pictures,
        }
        ending = {"result": job.result, "error": job.error, "facts": job.facts}
        row = (job.id, job.created, job.conversation, job.key, job.state, job.attempts)
        with self._open() as file:
            file.execute(_PUT, (*row, json.dumps(task), json.dumps(ending, default=str)))

    def forget(self, job_id: str) -> None:
        """Its end has been told, or nobody waits for it."""
        with self._open() as file:
            file.execute("DELETE FROM jobs WHERE id = ?", (job_id,))

    def left(self) -> list[Job]:
        """What an earlier process left, in the order in which it was taken."""
        with self._open() as file:
            rows = file.execute("SELECT * FROM jobs ORDER BY created").fetchall()
        return [_job(row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path)) as file, file:
            yield file


def _job(row: tuple[str, float, str, str, str, int, str, str]) -> Job:
    job_id, created, conversation, key, state, attempts, task, ending = row
    told = json.loads(task)
    job = Job(
        job_id,
        Task(told["skill"], tuple(told["uploads"]), told["options"], told["pictures"]),
        conversation,
        key,
        attempts=attempts,
        created=created,
        late=True,
    )
    if state in (DONE, FAILED):
        end = json.loads(ending)
        job.ended(state, end["result"] if state == DONE else {**end, "slug": end["error"]})
    return job
