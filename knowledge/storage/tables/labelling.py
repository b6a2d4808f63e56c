"""What people label: utterances with personal data masked, who was given them, what they said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.tables.base import Base


class LabelItemRow(Base):
    """One utterance to label, standing for all of its form; `prelabel` is the model's reading.

    `form` is a hash of the utterance with its spans left out, by which near-duplicates are one, and
    `origin` the turn whose words these are; `wanted` is how many people are asked, `labelled` how
    many have answered.
    """

    __tablename__ = "label_items"
    __table_args__ = (Index("ix_label_items_next", "state", "priority"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    form: Mapped[str] = mapped_column(String(64), unique=True)
    origin: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(2000))
    prelabel: Mapped[dict[str, Any]] = mapped_column(JSON)
    confidence: Mapped[float]
    priority: Mapped[float]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    wanted: Mapped[int]
    labelled: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]


class LabelSourceRow(Base):
    """A turn of a conversation that an item stands for; `key` is a hash of both.

    `context` is what was said before it, masked; `sampled` tells that it was drawn by chance.
    """

    __tablename__ = "label_sources"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(255), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("label_items.id"), index=True)
    context: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    sampled: Mapped[bool]


class LabelGrantRow(Base):
    """An item given to somebody: to nobody else until then, and theirs to look at ever after."""

    __tablename__ = "label_grants"
    item_id: Mapped[int] = mapped_column(ForeignKey("label_items.id"), primary_key=True)
    annotator: Mapped[str] = mapped_column(String(80), primary_key=True)
    until: Mapped[datetime]


class LabelRow(Base):
    """What somebody said of an item. Rows are only ever added: the latest of each person counts.

    `act` is "label", "skip" or "settle" (an adjudication, which has the last word).
    """

    __tablename__ = "labels"
    __table_args__ = (Index("ix_labels_annotator", "annotator", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("label_items.id"), index=True)
    annotator: Mapped[str] = mapped_column(String(80))
    act: Mapped[str] = mapped_column(String(10))
    intent: Mapped[str] = mapped_column(String(40))
    spans: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime]


class ErasedConversationRow(Base):
    """A conversation whose words were taken out of the queue, and do not come back."""

    __tablename__ = "label_erased"
    conversation: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[datetime]


class CollectedRow(Base):
    """How far a store of conversations was read: the number of the last event."""

    __tablename__ = "label_collected"
    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_event: Mapped[int]
