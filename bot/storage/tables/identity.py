"""Sign-ins and one-time codes. No secret is kept, only its hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base


class SignInRow(Base):
    """One sign-in of one person in one browser, from the first token to signing out.

    `secret_hash` is of the refresh secret that counts, `spent_hash` of the one before: who shows a
    spent one has copied it, and the sign-in ends.
    """

    __tablename__ = "sign_ins"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    secret_hash: Mapped[str] = mapped_column(String(64))
    spent_hash: Mapped[str | None] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    refreshed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)


class OneTimeCodeRow(Base):
    """A code that opens one thing once: `purpose` says what for, `payload` what it stands for."""

    __tablename__ = "one_time_codes"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
