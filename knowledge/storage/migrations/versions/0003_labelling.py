"""The queue of utterances that people label."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "label_items",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("form", sa.String(length=64), nullable=False, unique=True),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("prelabel", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("labelled", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_label_items_next", "label_items", ["state", "priority"])
    op.create_table(
        "label_sources",
        sa.Column("key", sa.String(length=64), primary_key=True),
        sa.Column("conversation", sa.String(length=255), nullable=False),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("label_items.id"), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("sampled", sa.Boolean(), nullable=False),
    )
    for name in ("conversation", "item_id"):
        op.create_index(f"ix_label_sources_{name}", "label_sources", [name])
    op.create_table(
        "label_grants",
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("label_items.id"), primary_key=True),
        sa.Column("annotator", sa.String(length=80), primary_key=True),
        sa.Column("until", sa.DateTime(), nullable=False),
    )
    _said()


def _said() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("label_items.id"), nullable=False),
        sa.Column("annotator", sa.String(length=80), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("intent", sa.String(length=40), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_labels_item_id", "labels", ["item_id"])
    op.create_index("ix_labels_annotator", "labels", ["annotator", "id"])
    op.create_table(
        "label_erased",
        sa.Column("conversation", sa.String(length=255), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "label_collected",
        sa.Column("source", sa.String(length=64), primary_key=True),
        sa.Column("last_event", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Take back."""
    for name in (
        "label_collected",
        "label_erased",
        "labels",
        "label_grants",
        "label_sources",
        "label_items",
    ):
        op.drop_table(name)
