"""Items, candidates, ratings with their scores, and preferences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rating_items",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "rating_candidates",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("rating_items.id"), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("policies", sa.JSON(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
    )
    op.create_index("ix_rating_candidates_item_id", "rating_candidates", ["item_id"])
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("rating_items.id"), nullable=False),
        sa.Column("rater", sa.String(80), nullable=False),
        sa.Column("submission", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.UniqueConstraint("rater", "submission", name="uq_ratings_submission"),
    )
    op.create_index("ix_ratings_item_id_rater", "ratings", ["item_id", "rater"])
    op.create_index("ix_ratings_rater", "ratings", ["rater"])
    op.create_table(
        "rating_scores",
        sa.Column("rating_id", sa.Integer(), sa.ForeignKey("ratings.id"), primary_key=True),
        sa.Column(
            "candidate_id", sa.Integer(), sa.ForeignKey("rating_candidates.id"), primary_key=True
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
    )
    candidate = "rating_candidates.id"
    op.create_table(
        "rating_preferences",
        sa.Column("rating_id", sa.Integer(), sa.ForeignKey("ratings.id"), primary_key=True),
        sa.Column("first", sa.Integer(), sa.ForeignKey(candidate), nullable=False),
        sa.Column("second", sa.Integer(), sa.ForeignKey(candidate), nullable=False),
        sa.Column("chosen", sa.Integer(), sa.ForeignKey(candidate), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )


def downgrade() -> None:
    """Take back."""
    for table in (
        "rating_preferences",
        "rating_scores",
        "ratings",
        "rating_candidates",
        "rating_items",
    ):
        op.drop_table(table)
