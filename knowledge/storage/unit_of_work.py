"""Transactions: everything inside one unit happens, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge.storage.audit import AuditLog
from knowledge.storage.catalogue import CatalogueRepository
from knowledge.storage.engine import make_engine
from knowledge.storage.idempotency import AnswerRepository
from knowledge.storage.students import StudentRepository


@dataclass(frozen=True)
class Work:
    """The repositories of one transaction."""

    session: Session
    catalogue: CatalogueRepository
    students: StudentRepository
    answers: AnswerRepository
    audit: AuditLog


class UnitOfWork:
    """Opens transactions on one database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing_engine = engine.execution_options(writing=True)

    @classmethod
    def at(cls, url: str) -> UnitOfWork:
        """A unit of work for a database URL."""
        return cls(make_engine(url))

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A consistent view; nothing is written."""
        with Session(self.engine) as session:
            yield _work(session)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A writing transaction: committed at the end, rolled back on any exception."""
        with Session(self._writing_engine) as session, session.begin():
            yield _work(session)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _work(session: Session) -> Work:
    return Work(
        session,
        CatalogueRepository(session),
        StudentRepository(session),
        AnswerRepository(session),
        AuditLog(session),
    )
