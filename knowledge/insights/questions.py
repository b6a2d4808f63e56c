"""The question log: what is asked, without its asker; written aside so that no answer waits.

Questions wait in memory for at most `PAUSE_SECONDS` and are stored in batches by a thread of their
own: a crash loses the last second of them. When they come faster than they can be stored, the
surplus is dropped and counted. They are kept for `KEPT_DAYS` days.
"""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, delete, insert
from sqlalchemy.exc import SQLAlchemyError

from knowledge.insights.masking import mask
from knowledge.storage import moments
from knowledge.storage.orm import QuestionRow
from knowledge.storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
KEPT_DAYS = 180
_WAITING = 10_000
_BATCH = 500
_PRUNE_SECONDS = 6 * 3600


class Asked(StrEnum):
    """What kind of question it was: a search, one about the lectures, or words not understood."""

    SEARCH = "search"
    LECTURE = "lecture"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Question:
    """One question; its words are masked when it is made."""

    kind: Asked
    text: str
    answered: bool
    results: int = 0
    filters: dict[str, Any] = field(default_factory=dict)
    at: datetime = field(default_factory=moments.now)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", mask(self.text))
        object.__setattr__(self, "filters", _masked(self.filters))


class QuestionRecorder:
    """Takes questions without delay and stores them in batches; one a process."""

    def __init__(self, units: UnitOfWork, pause_seconds: float = PAUSE_SECONDS) -> None:
        self.dropped = 0
        self._units = units
        self._pause = pause_seconds
        self._waiting: queue.Queue[Question] = queue.Queue(_WAITING)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="questions", daemon=True)

    def start(self) -> None:
        """Begin to store what is noted."""
        self._thread.start()

    def note(self, question: Question | None) -> None:
        """Take a question, if it is one; never waits, never fails."""
        if question is None:
            return
        try:
            self._waiting.put_nowait(question)
        except queue.Full:
            self.dropped += 1

    def flush(self) -> int:
        """Store what waits, at most a batch; returns how many."""
        batch: list[Question] = []
        while len(batch) < _BATCH:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        if batch:
            with self._units.write() as work:
                work.session.execute(insert(QuestionRow), [_row(question) for question in batch])
        return len(batch)

    def close(self) -> None:
        """Store what is left and end."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(10)
        self._flush_all()

    def _run(self) -> None:
        next_prune = 0.0
        while not self._ended.wait(self._pause):
            self._flush_all()
            next_prune -= self._pause
            if next_prune <= 0:
                next_prune = _PRUNE_SECONDS
                self._prune()

    def _flush_all(self) -> None:
        try:
            while self.flush() == _BATCH:
                continue
        except SQLAlchemyError:
            # The log serves the answers, not the other way round: a batch may be lost.
            logger.exception("questions could not be stored")

    def _prune(self) -> None:
        try:
            prune(self._units)
        except SQLAlchemyError:
            logger.exception("old questions could not be removed")


def prune(units: UnitOfWork, kept_days: int = KEPT_DAYS) -> int:
    """Remove questions older than that many days; returns how many."""
    oldest = moments.now() - timedelta(days=kept_days)
    with units.write() as work:
        done = work.session.execute(delete(QuestionRow).where(QuestionRow.at < oldest))
    return done.rowcount if isinstance(done, CursorResult) else 0


def _row(question: Question) -> dict[str, Any]:
    return {
        "at": question.at,
        "kind": question.kind.value,
        "text": question.text,
        "filters": question.filters,
        "results": question.results,
        "answered": question.answered,
    }


def _masked(filters: dict[str, Any]) -> dict[str, Any]:
    return {mask(key)[:40]: [mask(str(each)) for each in filters[key]] for key in filters}
