"""Claims on messages, in the database that all replicas share: who handles what, and the replies.

A claim is renewed while its holder works. One that has not been for longer than a lease was left
by a crash, and the next who asks takes it over. Calls block.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, and_, delete, select, update
from sqlalchemy.orm import Session

from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import HandledMessageRow as Row
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

Replies = list[dict[str, Any]]
Beside = Callable[[Session], Replies]
LEASE = timedelta(seconds=15)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Claim:
    """The right to handle a message; `again` when somebody had it before and did not end."""

    again: bool


@dataclass(frozen=True)
class Answered:
    """The message was handled: these were the replies."""

    replies: Replies


class Claims:
    """This process's view of the claims of all."""

    def __init__(self, database: DoorDatabase, lease: timedelta = LEASE) -> None:
        self._database = database
        self._lease = lease
        self._me = secrets.token_hex(8)

    def take(self, conversation: str, message_id: str) -> Claim | Answered | None:
        """The claim, or the replies of who had it; None while somebody else is at it."""
        mine = {"conversation": conversation, "message_id": message_id, "claimed_by": self._me}

        def act(work: Work) -> Claim | Answered | None:
            now = moments.now()
            if insert_new(work.session, Row, {**mine, "claimed_at": now, "replies": None}):
                return Claim(again=False)
            found = work.session.execute(_found(conversation, message_id)).one_or_none()
            if found is None or (found.replies is None and found.claimed_at > now - self._lease):
                return None
            if found.replies is not None:
                return Answered(found.replies)
            left = and_(
                _of(conversation, message_id),
                Row.claimed_at == found.claimed_at,
                Row.replies.is_(None),
            )
            taken = update(Row).where(left).values(claimed_at=now, claimed_by=self._me)
            return Claim(again=True) if _changed(work.session, taken) else None

        return self._database.units.transact(act)

    def look(self, conversation: str, message_id: str) -> bool:
        """Whether `take` would find something now: a cheap question while one waits."""
        with self._database.units.read() as work:
            found = work.session.execute(_found(conversation, message_id)).one_or_none()
        stale = moments.now() - self._lease
        return found is None or found.replies is not None or found.claimed_at <= stale

    def renew(self, conversation: str, message_id: str) -> None:
        """Still at it."""
        self._hold(conversation, message_id, moments.now())

    def release(self, conversation: str, message_id: str) -> None:
        """Given up: the next one takes it over at once, as after a crash."""
        self._hold(conversation, message_id, _LONG_AGO)

    def settle(
        self, conversation: str, message_id: str, replies: Replies, beside: Beside | None
    ) -> Replies:
        """Keep the replies for resends, with what `beside` finds, in the same transaction."""

        def act(work: Work) -> Replies:
            all_of_them = [*(beside(work.session) if beside else ()), *replies]
            kept = update(Row).where(_of(conversation, message_id)).values(replies=all_of_them)
            work.session.execute(kept)
            return all_of_them

        return self._database.units.transact(act)

    def forget(self, before: datetime) -> int:
        """Delete what was claimed before that moment; how many. A resend later than that is new."""
        old = delete(Row).where(Row.claimed_at < before)
        return self._database.units.transact(lambda work: _changed(work.session, old))

    def _hold(self, conversation: str, message_id: str, moment: datetime) -> None:
        mine = and_(
            _of(conversation, message_id), Row.claimed_by == self._me, Row.replies.is_(None)
        )
        held = update(Row).where(mine).values(claimed_at=moment)
        self._database.units.transact(lambda work: _changed(work.session, held))


def _of(conversation: str, message_id: str) -> ColumnElement[bool]:
    return and_(Row.conversation == conversation, Row.message_id == message_id)


def _found(conversation: str, message_id: str) -> Select[Any]:
    return select(Row.claimed_at, Row.replies).where(_of(conversation, message_id))


def _changed(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
