"""Students, what they take, and what they may do beyond the rules."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.tables.base import Base


class StudentRow(Base):
    """A synthetic student; `sign_in` marks those the chat page offers for signing in."""

    __tablename__ = "students"
    suid: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    programme: Mapped[str] = mapped_column(String(80))
    completed: Mapped[list[str]] = mapped_column(JSON)
    completed_all: Mapped[bool]
    max_units: Mapped[int]
    holds: Mapped[list[str]] = mapped_column(JSON)
    window_opens: Mapped[date | None]
    window_closes: Mapped[date | None]
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    sign_in: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)


class EnrollmentRow(Base):
    """A student in a section; `sequence` orders the waitlist and grows for ever.

    A linked discussion or lab has no row of its own: `linked_class_id` holds its seat. Course and
    term are repeated from the section, so that the database itself refuses the same course twice.
    """

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("suid", "class_id"),
        Index("uq_enrollments_course", "suid", "course_id", "term_id", unique=True),
        Index("ix_enrollments_class_status", "class_id", "status", "sequence"),
        Index("ix_enrollments_linked", "linked_class_id", "status"),
        {"sqlite_autoincrement": True},
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    suid: Mapped[str] = mapped_column(ForeignKey("students.suid"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("sections.class_id"))
    linked_class_id: Mapped[int | None] = mapped_column(ForeignKey("sections.class_id"))
    # Added in place to older databases, so these two may not be NOT NULL there.
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), nullable=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), nullable=True)
    status: Mapped[str] = mapped_column(String(10))
    units: Mapped[int]
    grading: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]


class WithdrawalRow(Base):
    """A course left after the drop deadline: a W on the transcript."""

    __tablename__ = "withdrawals"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    suid: Mapped[str] = mapped_column(ForeignKey("students.suid"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("sections.class_id"))
    units: Mapped[int]
    on: Mapped[date]


class CompletionRow(Base):
    """How often a student has passed a repeatable course, when it was more than once."""

    __tablename__ = "completions"
    suid: Mapped[str] = mapped_column(ForeignKey("students.suid"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    times: Mapped[int]


class PetitionRow(Base):
    """A request to carry more units in a term than the cap allows."""

    __tablename__ = "petitions"
    __table_args__ = (UniqueConstraint("suid", "term_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    suid: Mapped[str] = mapped_column(ForeignKey("students.suid"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"))
    units: Mapped[int]
    decision: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]


class PermissionRow(Base):
    """A permission number; `lifts` names the problems it lifts, `used_by` who has used it."""

    __tablename__ = "permission_numbers"
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("sections.class_id"), index=True)
    lifts: Mapped[list[str]] = mapped_column(JSON)
    suid: Mapped[str | None] = mapped_column(String(8))
    expires: Mapped[date | None]
    used_by: Mapped[str | None] = mapped_column(String(8))
