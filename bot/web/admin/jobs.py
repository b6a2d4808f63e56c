"""Imports between upload and confirmation: read in the background, one at a time, within bounds.

The jobs live in memory and their files in one folder; a restart forgets both, and nothing that was
not confirmed is lost that way but a preview.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.web.admin.refusals import ImportGone, ImportsBusy
from knowledge.admin.importing import Importer
from knowledge.admin.previews import Imported, Preview, Removals
from knowledge.errors import CatalogueMoved, QuadError
from knowledge.storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
_MOST = 8


class Stage(StrEnum):
    """How far an import has come."""

    READING = "reading"
    PREVIEWED = "previewed"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"

    @property
    def running(self) -> bool:
        """Whether the page should look again."""
        return self in (Stage.READING, Stage.WRITING)


@dataclass
class Job:
    """One uploaded file on its way; `step`, `done` and `of` tell the progress (`of` 0: unknown)."""

    ticket: str
    path: Path
    filename: str
    removals: Removals
    actor: str
    stage: Stage = Stage.READING
    step: str = "read"
    done: int = 0
    of: int = 0
    preview: Preview | None = None
    imported: Imported | None = None
    error: QuadError | None = None

    def progress(self, step: str, done: int, of: int) -> None:
        """Take the importer's word for how far it is."""
        self.step, self.done, self.of = step, done, of


class ImportJobs:
    """All imports that wait or run; safe to share between threads."""

    def __init__(self, units: UnitOfWork, folder: Path, clock: Callable[[], date]) -> None:
        self._units, self._folder, self._clock = units, folder, clock
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # one file is read or written at a time: bounded memory
        for left in folder.glob("*"):  # from before a restart: nobody can confirm it any more
            left.unlink(missing_ok=True)

    def place(self, actor: str, form_id: str) -> tuple[str, Path]:
        """A ticket, the same for the same form, and where to put a file that is being received."""
        self._folder.mkdir(parents=True, exist_ok=True)
        ticket = hashlib.sha256(f"{actor}\n{form_id}".encode()).hexdigest()[:32]
        return ticket, self._folder / ticket

    def receiving(self, name: str) -> Path:
        """Where to put an upload before its form's number is known."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{name}.part"

    def begin(
        self, ticket: str, part: Path, path: Path, filename: str, removals: Removals, actor: str
    ) -> Job:
        """Read a received file in the background; a ticket that is known already is kept."""
        with self._lock:
            known = self._jobs.get(ticket)
            if known is not None:
                part.unlink(missing_ok=True)
                return known
            self._make_room(part)
            part.replace(path)
            job = Job(ticket, path, filename, removals, actor)
            self._jobs[ticket] = job
        self._start(self._preview, job)
        return job

    def get(self, ticket: str) -> Job:
        """The job of a ticket; raise ImportGone."""
        job = self._jobs.get(ticket)
        if job is None:
            raise ImportGone(ticket)
        return job

    def waiting(self) -> list[Job]:
        """All jobs that are known, the latest first."""
        return list(self._jobs.values())[::-1]

    def again(self, ticket: str) -> Job:
        """Read a file anew, the catalogue having moved on."""
        with self._lock:
            job = self.get(ticket)
            if job.stage.running or job.stage is Stage.DONE:
                return job
            job.stage, job.error, job.preview = Stage.READING, None, None
            job.progress("read", 0, 0)
        self._start(self._preview, job)
        return job

    def confirm(self, ticket: str, sha256: str, catalogue_version: int, actor: str) -> Job:
        """Write what was previewed, in the background; a second click finds it under way."""
        with self._lock:
            job = self.get(ticket)
            if job.stage is not Stage.PREVIEWED:
                return job
            job.stage, job.error, job.actor = Stage.WRITING, None, actor
            job.progress("read", 0, 0)
        self._start(self._write, job, sha256, catalogue_version)
        return job

    def discard(self, ticket: str) -> None:
        """Forget an import that is not running, and its file; a second click finds nothing."""
        with self._lock:
            job = self._jobs.get(ticket)
            if job is not None and not job.stage.running:
                self._forget(job)

    def _start(self, target: Callable[..., None], job: Job, *more: object) -> None:
        threading.Thread(target=self._in_turn, args=(target, job, *more), daemon=True).start()

    def _in_turn(self, target: Callable[..., None], job: Job, *more: object) -> None:
        with self._turn:
            try:
                target(job, *more)
            except QuadError as error:
                # A preview that no longer holds can be made anew; all else ends the import.
                job.error = error
                moved = isinstance(error, CatalogueMoved)
                job.stage = Stage.PREVIEWED if moved else Stage.FAILED
            except Exception:
                logger.exception("an import broke off")
                job.stage = Stage.FAILED

    def _preview(self, job: Job) -> None:
        job.preview = self._importer(job).preview(
            job.path, job.filename, job.removals, job.progress
        )
        job.stage = Stage.PREVIEWED

    def _write(self, job: Job, sha256: str, catalogue_version: int) -> None:
        job.imported = self._importer(job).confirm(
            job.path, job.filename, sha256, catalogue_version, job.removals, job.progress
        )
        job.preview = None
        job.path.unlink(missing_ok=True)
        job.stage = Stage.DONE

    def _importer(self, job: Job) -> Importer:
        return Importer(self._units, self._clock(), job.actor)

    def _make_room(self, part: Path) -> None:
        """The oldest that does not run makes room."""
        if len(self._jobs) < _MOST:
            return
        idle = next((job for job in self._jobs.values() if not job.stage.running), None)
        if idle is None:
            part.unlink(missing_ok=True)
            raise ImportsBusy
        self._forget(idle)

    def _forget(self, job: Job) -> None:
        del self._jobs[job.ticket]
        job.path.unlink(missing_ok=True)
