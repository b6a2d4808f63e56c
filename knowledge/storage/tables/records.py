"""What happened: answers kept by key, the audit log, imports, and what was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.tables.base import Base


class AnswerRow(Base):
    """The stored answer to a request with an Idempotency-Key, kept with its effect."""

    __tablename__ = "idempotency_keys"
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class CatalogueVersionRow(Base):
    """One row whose number grows with every transaction that changes the catalogue.

    The highest audit id would not do: of two open transactions the later may commit first.
    """

    __tablename__ = "catalogue_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class AuditRow(Base):
    """Who changed what, written in the same transaction as the change.

    `import_id` names the import a change came with, `undoes` the entry that it took back, and
    `catalogue_version` the version of the catalogue that a change of courses or sections made.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_table_id", "table", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80), index=True)
    act: Mapped[str] = mapped_column(String(40))
    table: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    import_id: Mapped[int | None] = mapped_column(index=True)
    undoes: Mapped[int | None]
    catalogue_version: Mapped[int | None] = mapped_column(index=True)


class ImportRow(Base):
    """One confirmed import: the file by name and SHA-256, and how many rows did what."""

    __tablename__ = "imports"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)


class QuestionRow(Base):
    """A question without its asker: a search with its filters, or words that had no answer.

    `kind` is "search", "lecture" or "unclear"; `results` counts what a search found.
    """

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(300))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    results: Mapped[int]
    answered: Mapped[bool]
