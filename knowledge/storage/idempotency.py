"""Stored answers by Idempotency-Key: a retry gets the first answer, and acts once.

A key is claimed by inserting its row before anything else is done. Of two requests with one key at
the same moment the second waits at the row until the first has ended, and then finds its answer; if
the first was killed, its row is gone with everything else that it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.errors import KeyReused
from knowledge.storage import moments
from knowledge.storage.orm import AnswerRow

_TABLE = cast(Table, AnswerRow.__table__)
_MINE = (_TABLE.c.subject == bindparam("whose"), _TABLE.c.key == bindparam("which"))
_FIND = select(_TABLE.c.request_hash, _TABLE.c.status, _TABLE.c.body).where(*_MINE)
_KEEP = update(_TABLE).where(*_MINE).values(status=bindparam("told"), body=bindparam("said"))
_CLAIM = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key),
}
_UNANSWERED = 0  # never committed: the answer is written by the transaction that has claimed


@dataclass(frozen=True)
class StoredAnswer:
    """An HTTP status and JSON body."""

    status: int
    body: dict[str, Any]


class AnswerRepository:
    """Claims keys and keeps answers within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, subject: str, key: str, request_hash: str) -> StoredAnswer | None:
        """None if this transaction is the first with that key, and else the first one's answer.

        Raise KeyReused if the first one asked for something else. `keep` must follow a None.
        """
        connection = self._session.connection()
        row = {
            "subject": subject,
            "key": key,
            "request_hash": request_hash,
            "status": _UNANSWERED,
            "body": {},
            "created_at": moments.now(),
        }
        if connection.execute(_CLAIM[connection.dialect.name], row).first():
            return None
        found = connection.execute(_FIND, {"whose": subject, "which": key}).one()
        if found.request_hash != request_hash:
            raise KeyReused(key)
        return StoredAnswer(found.status, found.body)

    def under(self, subject: str, prefix: str) -> list[tuple[str, dict[str, Any]]]:
        """Keys that begin so with the answers of what was done under them, the latest first.

        Refusals are left out: nothing was done.
        """
        mine = (AnswerRow.subject == subject, AnswerRow.key.startswith(prefix, autoescape=True))
        done = (AnswerRow.status >= 200, AnswerRow.status < 300)
        found = select(AnswerRow.key, AnswerRow.body).where(*mine, *done)
        rows = self._session.execute(found.order_by(AnswerRow.created_at.desc()))
        return [(row.key, row.body) for row in rows]

    def keep(self, subject: str, key: str, answer: StoredAnswer) -> None:
        """Store the answer beside its effect."""
        row = {"whose": subject, "which": key, "told": answer.status, "said": answer.body}
        self._session.connection().execute(_KEEP, row)
