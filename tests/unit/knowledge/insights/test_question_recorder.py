"""The recorder: nothing waits for it, batches reach the database, old questions leave it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from knowledge.insights import questions as log
from knowledge.insights.questions import Asked, Question, QuestionRecorder, prune
from knowledge.storage.orm import QuestionRow
from knowledge.storage.unit_of_work import UnitOfWork


def _stored(units: UnitOfWork) -> int:
    with units.read() as work:
        return work.session.scalar(select(func.count()).select_from(QuestionRow)) or 0


def _question(text: str = "art", **more: object) -> Question:
    return Question(Asked.SEARCH, text, True, **more)  # type: ignore[arg-type]


def test_what_is_noted_is_stored_soon_and_all_of_it_at_the_end(units: UnitOfWork) -> None:
    recorder = QuestionRecorder(units, pause_seconds=0.02)
    recorder.start()
    recorder.note(_question())
    for _ in range(200):
        if _stored(units) == 1:
            break
        time.sleep(0.02)
    assert _stored(units) == 1
    for number in range(1200):  # more than a batch
        recorder.note(_question(f"art {number}"))
    recorder.close()
    assert _stored(units) == 1201


def test_noting_never_waits_for_a_busy_database(units: UnitOfWork) -> None:
    recorder = QuestionRecorder(units, pause_seconds=0.01)
    recorder.start()
    with units.write():
        recorder.note(_question("first"))
        time.sleep(0.05)  # its thread waits for the turn that we hold
        began = time.monotonic()
        for _ in range(100):
            recorder.note(_question("more"))
        assert time.monotonic() - began < 0.1
    recorder.close()
    assert _stored(units) == 101


def test_the_surplus_is_dropped_and_counted(
    units: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_WAITING", 3)
    recorder = QuestionRecorder(units)
    for _ in range(5):
        recorder.note(_question())
    assert recorder.dropped == 2
    assert recorder.flush() == 3


class _Broken:
    """A database that is away."""

    def write(self) -> None:
        raise OperationalError("insert", {}, Exception("away"))


def test_a_database_that_is_away_ends_nothing() -> None:
    recorder = QuestionRecorder(_Broken(), pause_seconds=0.01)  # type: ignore[arg-type]
    recorder.start()
    recorder.note(_question())
    time.sleep(0.1)
    assert any(thread.name == "questions" for thread in threading.enumerate())
    recorder.note(_question())
    recorder.close()


def test_old_questions_are_removed(units: UnitOfWork) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    recorder = QuestionRecorder(units)
    recorder.note(_question("old", at=now - timedelta(days=181)))
    recorder.note(_question("young", at=now - timedelta(days=179)))
    recorder.flush()
    assert prune(units) == 1
    with units.read() as work:
        assert work.session.scalars(select(QuestionRow.text)).all() == ["young"]
