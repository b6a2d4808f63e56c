"""Rules in full (linked sections, reserved seats, petitions, W) and what admins need (versions).

Columns are added in place: SQLite would have to rebuild whole tables for anything else, and cannot
do so while foreign keys point at them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _full(name: str, kind: sa.types.TypeEngine[Any], default: str) -> sa.Column[Any]:
    """A column that older rows get with a value."""
    return sa.Column(name, kind, nullable=False, server_default=sa.text(default))


_COLUMNS: tuple[tuple[str, tuple[sa.Column[Any], ...]], ...] = (
    (
        "courses",
        (
            sa.Column("max_times", sa.Integer(), nullable=True),
            _full("prerequisite_prose", sa.String(), "''"),
            _full("prerequisite_confidence", sa.Float(), "1"),
            _full("extras", sa.JSON(), "'{}'"),
            _full("version", sa.Integer(), "1"),
        ),
    ),
    (
        "terms",
        (
            sa.Column("withdraw_by", sa.Date(), nullable=True),
            _full("version", sa.Integer(), "1"),
        ),
    ),
    (
        "sections",
        (
            _full("add_consent", sa.Boolean(), "FALSE"),
            _full("cancelled", sa.Boolean(), "FALSE"),
            _full("reserved", sa.JSON(), "'[]'"),
            _full("extras", sa.JSON(), "'{}'"),
            _full("version", sa.Integer(), "1"),
        ),
    ),
    (
        "students",
        (
            _full("groups", sa.JSON(), "'[]'"),
            _full("version", sa.Integer(), "1"),
        ),
    ),
    (
        "audit_log",
        (
            sa.Column("import_id", sa.Integer(), nullable=True),
            sa.Column("undoes", sa.Integer(), nullable=True),
            sa.Column("catalogue_version", sa.Integer(), nullable=True),
        ),
    ),
)

# Written out, because Alembic adds foreign keys to SQLite only by rebuilding the table.
_REFERENCES = (
    ("sections", "parent", "sections (class_id)"),
    ("enrollments", "linked_class_id", "sections (class_id)"),
    ("enrollments", "course_id", "courses (id)"),
    ("enrollments", "term_id", "terms (id)"),
)


def upgrade() -> None:
    """Apply."""
    for table, columns in _COLUMNS:
        for column in columns:
            op.add_column(table, column)
    for table, name, target in _REFERENCES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER REFERENCES {target}")
    for name in ("course_id", "term_id"):
        op.execute(
            f"UPDATE enrollments SET {name} = (SELECT s.{name} FROM sections s "  # noqa: S608
            "WHERE s.class_id = enrollments.class_id)"
        )
    _keep_one_of_each_course()
    _indexes()
    _people()
    _records()


def _keep_one_of_each_course() -> None:
    """Two sections of one course in one term were refused before; the index makes it certain."""
    op.create_index(
        "uq_enrollments_course", "enrollments", ["suid", "course_id", "term_id"], unique=True
    )


def _indexes() -> None:
    op.create_index("ix_sections_parent", "sections", ["parent"])
    op.create_index("ix_enrollments_linked", "enrollments", ["linked_class_id", "status"])
    for name in ("import_id", "catalogue_version"):
        op.create_index(f"ix_audit_log_{name}", "audit_log", [name])
    op.drop_index("ix_audit_log_table", "audit_log")
    op.create_index("ix_audit_log_table_id", "audit_log", ["table", "id"])


def _people() -> None:
    op.create_table(
        "enrollment_windows",
        sa.Column("term_id", sa.Integer(), sa.ForeignKey("terms.id"), primary_key=True),
        sa.Column("group", sa.String(length=40), primary_key=True),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
    )
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("suid", sa.String(length=8), sa.ForeignKey("students.suid"), nullable=False),
        sa.Column("class_id", sa.Integer(), sa.ForeignKey("sections.class_id"), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
    )
    op.create_index("ix_withdrawals_suid", "withdrawals", ["suid"])
    op.create_table(
        "completions",
        sa.Column("suid", sa.String(length=8), sa.ForeignKey("students.suid"), primary_key=True),
        sa.Column("code", sa.String(length=20), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
    )
    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("suid", sa.String(length=8), sa.ForeignKey("students.suid"), nullable=False),
        sa.Column("term_id", sa.Integer(), sa.ForeignKey("terms.id"), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("suid", "term_id"),
    )
    op.create_index("ix_petitions_suid", "petitions", ["suid"])
    op.create_table(
        "permission_numbers",
        sa.Column("number", sa.String(length=20), primary_key=True),
        sa.Column("class_id", sa.Integer(), sa.ForeignKey("sections.class_id"), nullable=False),
        sa.Column("lifts", sa.JSON(), nullable=False),
        sa.Column("suid", sa.String(length=8), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("used_by", sa.String(length=8), nullable=True),
    )
    op.create_index("ix_permission_numbers_class_id", "permission_numbers", ["class_id"])


def _records() -> None:
    versions = op.create_table(
        "catalogue_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.bulk_insert(versions, [{"id": 1, "version": 1}])
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), autoincrement=True, primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_questions_at", "questions", ["at"])


def downgrade() -> None:
    """Take back."""
    tables = (
        "catalogue_version",
        "questions",
        "imports",
        "permission_numbers",
        "petitions",
        "completions",
        "withdrawals",
        "enrollment_windows",
    )
    for table in tables:
        op.drop_table(table)
    op.drop_index("ix_audit_log_table_id", "audit_log")
    op.create_index("ix_audit_log_table", "audit_log", ["table"])
    for name, table in (
        ("ix_audit_log_import_id", "audit_log"),
        ("ix_audit_log_catalogue_version", "audit_log"),
        ("ix_enrollments_linked", "enrollments"),
        ("uq_enrollments_course", "enrollments"),
        ("ix_sections_parent", "sections"),
    ):
        op.drop_index(name, table)
    for table, columns in _COLUMNS:
        for column in columns:
            op.drop_column(table, column.name)
    for table, name, _ in _REFERENCES:
        op.drop_column(table, name)
