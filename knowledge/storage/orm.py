"""Tables of the registrar (SQLAlchemy 2.0); only storage and the sample loader touch rows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Root of all tables."""


class DepartmentRow(Base):
    """A department and the subject code of its courses."""

    __tablename__ = "departments"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    school: Mapped[str] = mapped_column(String(120))


class CourseRow(Base):
    """A course; its codes stand in `course_codes`, position 0 being the home code."""

    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str]
    units_min: Mapped[int]
    units_max: Mapped[int]
    usual_units: Mapped[int]
    level: Mapped[str] = mapped_column(String(20))
    requirements: Mapped[list[str]] = mapped_column(JSON)
    gradings: Mapped[list[str]] = mapped_column(JSON)
    topics: Mapped[list[str]] = mapped_column(JSON)
    sample_fields: Mapped[list[str]] = mapped_column(JSON)
    repeatable: Mapped[bool]
    prerequisites: Mapped[str | None]
    codes: Mapped[list[CourseCodeRow]] = relationship(
        order_by="CourseCodeRow.position", lazy="selectin"
    )


class CourseCodeRow(Base):
    """One code of a course: the home code or a cross-listing."""

    __tablename__ = "course_codes"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    position: Mapped[int]


class TermRow(Base):
    """A term with its dates; `id` is ExploreCourses' termId."""

    __tablename__ = "terms"
    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(10))
    year: Mapped[int]
    starts: Mapped[date]
    ends: Mapped[date]
    enroll_opens: Mapped[date]
    enroll_closes: Mapped[date]
    drop_by: Mapped[date]


class SectionRow(Base):
    """One offering of a course in a term."""

    __tablename__ = "sections"
    class_id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    number: Mapped[str] = mapped_column(String(4))
    component: Mapped[str] = mapped_column(String(4))
    capacity: Mapped[int]
    waitlist_capacity: Mapped[int]
    instructors: Mapped[list[str]] = mapped_column(JSON)
    meetings: Mapped[list[MeetingRow]] = relationship(lazy="selectin")
    course: Mapped[CourseRow] = relationship(lazy="joined")
    term: Mapped[TermRow] = relationship(lazy="joined")


class MeetingRow(Base):
    """A weekly meeting; `days` holds the ExploreCourses day numbers as digits ("246")."""

    __tablename__ = "meetings"
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("sections.class_id"), index=True)
    days: Mapped[str] = mapped_column(String(7))
    start: Mapped[time]
    end: Mapped[time]
    room: Mapped[str] = mapped_column(String(60))


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
    sign_in: Mapped[bool]


class EnrollmentRow(Base):
    """A student in a section; `sequence` orders the waitlist and grows for ever."""

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("suid", "class_id"),
        Index("ix_enrollments_class_status", "class_id", "status", "sequence"),
        {"sqlite_autoincrement": True},
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    suid: Mapped[str] = mapped_column(ForeignKey("students.suid"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("sections.class_id"))
    status: Mapped[str] = mapped_column(String(10))
    units: Mapped[int]
    grading: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]


class AnswerRow(Base):
    """The stored answer to a request with an Idempotency-Key, kept with its effect."""

    __tablename__ = "idempotency_keys"
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class AuditRow(Base):
    """Who changed what, written in the same transaction as the change."""

    __tablename__ = "audit_log"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80), index=True)
    act: Mapped[str] = mapped_column(String(40))
    table: Mapped[str] = mapped_column(String(40), index=True)
    key: Mapped[str] = mapped_column(String(80), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
