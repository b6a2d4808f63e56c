"""Rasa's tracker store as rows to be told and erased; needs no Rasa.

Whose a conversation is, its events say: every door writes the verified speaker into their metadata.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.tracker_events import EVENTS
from knowledge.errors import ConversationsUnreadable, ServiceBusy
from knowledge.model.students import Role
from knowledge.storage.contention import passing_faults
from knowledge.storage.engine import driven

T = TypeVar("T")
_SAID = ("user", "bot", "action", "slot")


class Transcripts:
    """One tracker store; every call raises ConversationsUnreadable or ServiceBusy."""

    def __init__(self, url: str) -> None:
        self._url = driven(url)
        self.engine = sa.create_engine(self._url, poolclass=sa.pool.NullPool)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @property
    def exists(self) -> bool:
        """Whether the bot has ever kept a conversation here; asking makes no file."""
        sqlite = self._url.get_backend_name() == "sqlite"
        if sqlite and not Path(self._url.database or "").is_file():
            return False
        return self._guarded(lambda: sa.inspect(self.engine).has_table("events"))

    def of(self, suid: str) -> list[str]:
        """The ids of this student's conversations, oldest first."""
        # A quick look for the number in the text, then the fact itself.
        mentioned = EVENTS.c.type_name == "user", EVENTS.c.data.contains(f'"{suid}"')
        query = sa.select(EVENTS.c.sender_id, EVENTS.c.data).where(*mentioned)
        found = self.read(query.order_by(EVENTS.c.id))
        return list(dict.fromkeys(sender for sender, data in found if _speaker(data) == suid))

    def events(self, conversation: str) -> Iterator[dict[str, Any]]:
        """What was said and done in a conversation, oldest first."""
        mine = EVENTS.c.sender_id == conversation
        for (data,) in self.read(sa.select(EVENTS.c.data).where(mine).order_by(EVENTS.c.id)):
            event: dict[str, Any] = json.loads(data)
            if event.get("event") in _SAID:
                yield event

    def erase(self, conversations: Sequence[str]) -> int:
        """Delete these conversations whole; how many events went."""
        gone = EVENTS.c.sender_id.in_(list(conversations))
        return self.write(lambda connection: connection.execute(sa.delete(EVENTS).where(gone)))

    def write(self, act: Callable[[sa.Connection], sa.CursorResult[Any]]) -> int:
        """How many rows one writing transaction changed; 0 where there is no store."""
        if not self.exists:
            return 0

        def run() -> int:
            with self.engine.begin() as connection:
                return act(connection).rowcount

        return self._guarded(run)

    def read(self, query: sa.Select[Any]) -> list[Any]:
        """All rows of a query; none where there is no store."""
        if not self.exists:
            return []

        def run() -> list[Any]:
            with self.engine.connect() as connection:
                return list(connection.execute(query))

        return self._guarded(run)

    def _guarded(self, act: Callable[[], T]) -> T:
        try:
            with passing_faults():
                return act()
        except ServiceBusy:
            raise
        except (SQLAlchemyError, ValueError) as error:
            raise ConversationsUnreadable(type(error).__name__) from error


def _speaker(data: str) -> str | None:
    """The student who said it, as the door verified it."""
    principal = (json.loads(data).get("metadata") or {}).get("principal") or {}
    return principal.get("subject") if principal.get("role") == Role.STUDENT.value else None
