"""Face templates and check-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "face_templates",
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("consent", sa.String(40), nullable=False),
        sa.Column("consented_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "check_ins",
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("form_id", sa.String(64), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "form_id"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("check_ins")
    op.drop_table("face_templates")
