"""Stored answers by Idempotency-Key: a retry gets the first answer, and acts once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.errors import KeyReused
from knowledge.storage.orm import AnswerRow


@dataclass(frozen=True)
class StoredAnswer:
    """An HTTP status and JSON body."""

    status: int
    body: dict[str, Any]


class AnswerRepository:
    """Reads and keeps answers within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, subject: str, key: str, request_hash: str) -> StoredAnswer | None:
        """The earlier answer to this very request; raise KeyReused for another one's key.

        A request with the same key that runs at this moment is waited for.
        """
        self._claim(f"{subject}\n{key}")
        row = self._session.get(AnswerRow, (subject, key))
        if row is None:
            return None
        if row.request_hash != request_hash:
            raise KeyReused(key)
        return StoredAnswer(row.status, row.body)

    def _claim(self, name: str) -> None:
        """SQLite's writers come one by one; PostgreSQL's wait for each other by name."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(
                select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0)))
            )

    def keep(self, subject: str, key: str, request_hash: str, answer: StoredAnswer) -> None:
        """Store the answer beside its effect."""
        self._session.add(
            AnswerRow(
                subject=subject,
                key=key,
                request_hash=request_hash,
                status=answer.status,
                body=answer.body,
                created_at=datetime.now(UTC).replace(tzinfo=None),
            )
        )
