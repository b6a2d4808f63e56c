"""Transactions: everything inside one unit happens, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge.storage.audit import AuditLog
from knowledge.storage.cache import CatalogueCache
from knowledge.storage.catalogue import CatalogueRepository
from knowledge.storage.engine import make_engine
from knowledge.storage.exceptions import ExceptionRepository
from knowledge.storage.idempotency import AnswerRepository
from knowledge.storage.students import StudentRepository


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
        """A consistent view; nothing is written."""
        with Session(self.engine) as session:
            yield self._work(session)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A writing transaction: committed at the end, rolled back on any exception."""
        with self._turn, Session(self._writing_engine) as session, session.begin():
            yield self._work(session)

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
