"""The opt-in check-in by face: what was consented to, and who was there when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base


class FaceTemplateRow(Base):
    """The encodings of a student's own photos, encrypted; there is none without consent."""

    __tablename__ = "face_templates"
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    consent: Mapped[str] = mapped_column(String(40))  # which words were agreed to
    consented_at: Mapped[datetime]
    used_at: Mapped[datetime]


class CheckInRow(Base):
    """A student was there; `form_id` is the form's own number, under which it counts once."""

    __tablename__ = "check_ins"
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    form_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    how: Mapped[str] = mapped_column(String(20))  # by photo or by button
    at: Mapped[datetime]
