"""Sign-ins, one-time codes, messages, notes and Slack's workspaces, links and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
_TABLES = (
    "handled_messages",
    "notes",
    "notes_progress",
    "one_time_codes",
    "reach",
    "sign_ins",
    "slack_events",
    "slack_installs",
    "slack_links",
    "slack_places",
    "waiting_messages",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "handled_messages",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(32), nullable=False),
        sa.Column("replies", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("conversation", "message_id"),
    )
    op.create_index("ix_handled_messages_claimed_at", "handled_messages", ["claimed_at"])
    op.create_table(
        "notes",
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("audit_id", "subject"),
    )
    op.create_index("ix_notes_settled_at", "notes", ["settled_at"])
    op.create_index("ix_notes_subject", "notes", ["subject"])
    op.create_table(
        "notes_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_up_to", sa.Integer(), nullable=False),
        sa.Column("gaps", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("ix_one_time_codes_expires_at", "one_time_codes", ["expires_at"])
    op.create_table(
        "reach",
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("door", sa.String(20), nullable=True),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(60), nullable=True),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.Column("notes_off_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("spent_hash", sa.String(64), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("refreshed_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sign_ins_ended_at", "sign_ins", ["ended_at"])
    op.create_index("ix_sign_ins_subject", "sign_ins", ["subject"])
    op.create_table(
        "slack_events",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("lane", sa.String(64), nullable=False),
        sa.Column("said_at", sa.Float(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_slack_events_done_at", "slack_events", ["done_at"])
    op.create_index("ix_slack_events_lane", "slack_events", ["lane"])
    op.create_index("ix_slack_events_received_at", "slack_events", ["received_at"])
    op.create_table(
        "slack_installs",
        sa.Column("enterprise_id", sa.String(40), nullable=False),
        sa.Column("team_id", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("installed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "user_id"),
    )
    op.create_table(
        "slack_links",
        sa.Column("team_id", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("linked_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id"),
    )
    op.create_index("ix_slack_links_subject", "slack_links", ["subject"])
    op.create_table(
        "slack_places",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("team_id", sa.String(40), nullable=False),
        sa.Column("user_id", sa.String(40), nullable=False),
        sa.Column("lane", sa.String(64), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation"),
    )
    for column in ("lane", "team_id", "used_at"):
        op.create_index(f"ix_slack_places_{column}", "slack_places", [column])
    op.create_table(
        "waiting_messages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("put_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_waiting_messages_conversation", "waiting_messages", ["conversation"])


def downgrade() -> None:
    """Take back."""
    for table in _TABLES:
        op.drop_table(table)
