"""The tables of the evaluation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Root of the tables of the evaluation; they refer to no others."""


class ItemRow(Base):
    """A conversation so far; `key` is a hash of what is shown, so that none is made twice."""

    __tablename__ = "rating_items"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    context: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(20))
    seed: Mapped[int]
    origin: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class CandidateRow(Base):
    """A reply to an item, and the policies that give it."""

    __tablename__ = "rating_candidates"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("rating_items.id"), index=True)
    messages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    policies: Mapped[list[str]] = mapped_column(JSON)
    acts: Mapped[list[str]] = mapped_column(JSON)


class RatingRow(Base):
    """One rater's judgement of one item; `submission` makes a form count once."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("rater", "submission", name="uq_ratings_submission"),
        Index("ix_ratings_item_id_rater", "item_id", "rater"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("rating_items.id"))
    rater: Mapped[str] = mapped_column(String(80), index=True)
    submission: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ScoreRow(Base):
    """The score of one candidate within a rating; `place` is where it stood on the page, from 0."""

    __tablename__ = "rating_scores"
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("rating_candidates.id"), primary_key=True)
    score: Mapped[int]
    place: Mapped[int]


class PreferenceRow(Base):
    """Which of two candidates with the same score a rater would rather get; None: neither."""

    __tablename__ = "rating_preferences"
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), primary_key=True)
    first: Mapped[int] = mapped_column(ForeignKey("rating_candidates.id"))
    second: Mapped[int] = mapped_column(ForeignKey("rating_candidates.id"))
    chosen: Mapped[int | None] = mapped_column(ForeignKey("rating_candidates.id"))
    at: Mapped[datetime]
