"""Notes on their way: each is claimed by one process at a time, and settled once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from bot.storage.database import DoorDatabase
from bot.storage.tables import NoteRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

LEASE = timedelta(minutes=2)  # far longer than any door takes: then who claimed it has crashed
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=30)


class Outcome(StrEnum):
    """How a note ended."""

    TOLD = "told"
    KEPT = "kept"  # in the web conversation, since the last door could not be reached
    UNREACHABLE = "unreachable"  # the student has never written
    UNWANTED = "unwanted"
    OUTDATED = "outdated"
    GIVEN_UP = "given-up"


@dataclass(frozen=True)
class Note:
    """A claimed note; `tries` counts this one."""

    audit_id: int
    subject: str
    facts: dict[str, Any]
    tries: int

    @property
    def message_id(self) -> str:
        """The same at every try, so that a door knows what it has shown already."""
        # One entry may concern many: what one door shows to two readers are two messages.
        reader = hashlib.blake2b(self.subject.encode(), digest_size=4).hexdigest()
        return f"note-{self.audit_id}-{reader}"


def pause_after(tries: int) -> timedelta:
    """How long to wait after that many tries: doubled each time, up to half an hour."""
    return min(FIRST_PAUSE * (1 << max(min(tries, 20) - 1, 0)), LONGEST_PAUSE)


@dataclass(frozen=True)
class NoteQueue:
    """The notes of one database. Calls block."""

    database: DoorDatabase

    def claim(self, most: int = 20) -> list[Note]:
        """Take notes that are due, oldest first; nobody else gets them until the lease is over."""
        now = moments.now()
        with self.database.units.read() as work:
            query = select(NoteRow.audit_id, NoteRow.subject).where(_due(now))
            keys = work.session.execute(query.order_by(NoteRow.audit_id).limit(most)).all()
        if not keys:
            return []
        claimed = ((key[0], key[1]) for key in keys)
        return self.database.units.transact(lambda work: _claimed(work, [*claimed], now))

    def settle(self, note: Note, outcome: Outcome) -> None:
        """The note has ended."""
        self._set(note, settled_at=moments.now(), outcome=outcome.value)

    def postpone(self, note: Note) -> None:
        """Try again later: the claim ends then."""
        self._set(note, claimed_at=moments.now() + pause_after(note.tries) - LEASE)

    def _set(self, note: Note, **values: object) -> None:
        def act(work: Work) -> None:
            work.session.execute(update(NoteRow).where(_this(note)).values(**values))

        self.database.units.transact(act)


def _claimed(work: Work, keys: Sequence[tuple[int, str]], now: datetime) -> list[Note]:
    notes = []
    for audit_id, subject in keys:
        this = and_(NoteRow.audit_id == audit_id, NoteRow.subject == subject)
        # The condition is judged again once another's claim is through: one of two gets the row.
        taken = (
            update(NoteRow)
            .where(this, _due(now))
            .values(claimed_at=now, tries=NoteRow.tries + 1)
            .returning(NoteRow.facts, NoteRow.tries)
        )
        row = work.session.execute(taken).first()
        if row is not None:
            notes.append(Note(audit_id, subject, row.facts, row.tries))
    return notes


def _due(now: datetime) -> ColumnElement[bool]:
    free = or_(NoteRow.claimed_at.is_(None), NoteRow.claimed_at <= now - LEASE)
    return and_(NoteRow.settled_at.is_(None), free)


def _this(note: Note) -> ColumnElement[bool]:
    open_one = NoteRow.settled_at.is_(None)
    return and_(NoteRow.audit_id == note.audit_id, NoteRow.subject == note.subject, open_one)
