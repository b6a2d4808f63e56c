"""Where a student can be reached, and what there is to tell unasked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base


class ReachRow(Base):
    """The door a student used last, with the address behind it, and whether notes are wanted."""

    __tablename__ = "reach"
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    door: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[dict[str, Any]] = mapped_column(JSON)
    time_zone: Mapped[str | None] = mapped_column(String(60))
    used_at: Mapped[datetime]
    notes_off_at: Mapped[datetime | None]


class NoteRow(Base):
    """One thing to tell a student unasked, by the entry of the audit log that it comes from.

    One entry may concern many: a cancelled section all who are in it. `claimed_at` is when a
    process took it; a claim that has grown old was left by a crash, and one in the past or future
    of its lease makes the next try come earlier or later.
    """

    __tablename__ = "notes"
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    tries: Mapped[int]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str | None] = mapped_column(String(40))


class NotesProgressRow(Base):
    """How far the audit log has been read: one row.

    `gaps` are numbers below `read_up_to` that were not there: of a transaction that was rolled
    back, or of one that commits later than its successors, each
    `{"first", "last", "horizon", "seen_at"}` (bot/notes/reading.py).
    """

    __tablename__ = "notes_progress"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    read_up_to: Mapped[int]
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
