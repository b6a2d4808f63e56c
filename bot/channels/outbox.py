"""Messages that came too late for their request and wait for the conversation's next one.

They stand in the shared database: they outlive a restart, and of two replicas that take at once
one gets them. Calls block.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, exists, select
from sqlalchemy.orm import Session

from bot.storage.database import DoorDatabase
from bot.storage.tables import WaitingMessageRow as Row
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

_MOST = 100  # of one conversation; the oldest are forgotten first


class Outbox:
    """By conversation, in the order in which they came."""

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database

    def put(self, conversation: str, message: dict[str, Any]) -> None:
        """Keep a message for a door that cannot push."""

        def act(work: Work) -> None:
            work.session.add(Row(conversation=conversation, message=message, put_at=moments.now()))
            work.session.flush()
            mine = select(Row.id).where(Row.conversation == conversation)
            older = mine.order_by(Row.id.desc()).offset(_MOST).limit(1_000)
            work.session.execute(delete(Row).where(Row.id.in_(older.scalar_subquery())))

        self._database.units.transact(act)

    def take(self, conversation: str) -> list[dict[str, Any]]:
        """What waits for this conversation; it is handed out once."""
        if not self.has(conversation):
            return []
        return self._database.units.transact(lambda work: self.taken(work.session, conversation))

    def has(self, conversation: str) -> bool:
        """Whether something waits."""
        with self._database.units.read() as work:
            asked = select(exists().where(Row.conversation == conversation))
            return bool(work.session.scalar(asked))

    @staticmethod
    def taken(session: Session, conversation: str) -> list[dict[str, Any]]:
        """Take within a transaction: with what else it writes, or not at all."""
        gone = delete(Row).where(Row.conversation == conversation).returning(Row.id, Row.message)
        return [message for _, message in sorted(session.execute(gone), key=lambda row: row.id)]

    def forget(self, before: datetime) -> int:
        """Delete what was put before that moment; how many."""
        old = delete(Row).where(Row.put_at < before)
        return self._database.units.transact(
            lambda work: cast("CursorResult[Any]", work.session.execute(old)).rowcount
        )
