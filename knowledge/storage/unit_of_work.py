"""Transactions: everything inside one unit happens, or nothing does."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge.errors import ServiceBusy
from knowledge.storage.audit import AuditLog
from knowledge.storage.cache import CatalogueCache
from knowledge.storage.catalogue import CatalogueRepository
from knowledge.storage.contention import passing_faults
from knowledge.storage.engine import make_engine
from knowledge.storage.exceptions import ExceptionRepository
from knowledge.storage.idempotency import AnswerRepository
from knowledge.storage.students import StudentRepository

T = TypeVar("T")
_TRIES = 5
_PAUSE = 0.02  # seconds before the second try; doubled for each further one, with full jitter
_LAST_START = 2.5  # seconds after which no further try begins: who asks will not wait longer


@dataclass(frozen=True)
class Work:
    """The repositories of one transaction."""

    session: Session
    catalogue: CatalogueRepository
    students: StudentRepository
    exceptions: ExceptionRepository
    answers: AnswerRepository
    audit: AuditLog


class UnitOfWork:
    """Opens transactions on one database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing_engine = engine.execution_options(writing=True)
        self._cache = CatalogueCache()
        # SQLite has one writer at a time, and who finds it busy polls with growing pauses. The
        # threads of a process wait for each other here instead, in order and without pauses.
        sqlite = engine.dialect.name == "sqlite"
        self._turn: Lock | nullcontext[None] = Lock() if sqlite else nullcontext()

    @classmethod
    def at(cls, url: str) -> UnitOfWork:
        """A unit of work for a database URL."""
        return cls(make_engine(url))

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A view of what is committed; nothing is written."""
        with passing_faults(), Session(self.engine) as session:
            yield self._work(session)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A writing transaction: committed at the end, rolled back on any exception.

        Raise ServiceBusy if the database gave way to somebody else; `transact` tries again.
        """
        fresh = Session(self._writing_engine)
        with self._turn, passing_faults(), fresh as session, session.begin():
            yield self._work(session)

    def transact(self, act: Callable[[Work], T]) -> T:
        """What `act` makes of a writing transaction; the whole of it is tried a few times.

        Two transactions that wait for each other are no fault of who asks: PostgreSQL ends one of
        them, which then finds everything free. Raise ServiceBusy when that did not help.
        """
        last_start = time.monotonic() + _LAST_START
        for attempt in range(1, _TRIES):
            try:
                with self.write() as work:
                    return act(work)
            except ServiceBusy:
                if time.monotonic() > last_start:
                    raise
                time.sleep(random.uniform(0, _PAUSE * 2**attempt))
        with self.write() as work:
            return act(work)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _work(self, session: Session) -> Work:
        audit = AuditLog(session)
        catalogue = CatalogueRepository(session, audit, self._cache)
        return Work(
            session,
            catalogue,
            StudentRepository(session, catalogue),
            ExceptionRepository(session),
            AnswerRepository(session),
            audit,
        )
