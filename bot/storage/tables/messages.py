"""Messages that were handled, and messages that wait for their reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base


class HandledMessageRow(Base):
    """A student's message by the client's own id; `replies` is empty (None) while it is handled.

    `claimed_at` is when a process took it; a claim that has grown old was left by a crash.
    """

    __tablename__ = "handled_messages"
    conversation: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    claimed_at: Mapped[datetime] = mapped_column(index=True)
    claimed_by: Mapped[str] = mapped_column(String(32))
    replies: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))


class WaitingMessageRow(Base):
    """The outbox: a message that nobody was there for; it is handed out once."""

    __tablename__ = "waiting_messages"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    message: Mapped[dict[str, Any]] = mapped_column(JSON)
    put_at: Mapped[datetime]
