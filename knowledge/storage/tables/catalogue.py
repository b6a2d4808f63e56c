"""Departments, courses, terms, sections and their meetings.

`version` grows with every change by an admin: a form that was drawn from an older one is refused.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from knowledge.storage.tables.base import Base


class DepartmentRow(Base):
    """A department and the subject code of its courses."""

    __tablename__ = "departments"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    school: Mapped[str] = mapped_column(String(120))


class CourseRow(Base):
    """A course; its codes stand in `course_codes`, position 0 being the home code.

    `extras` holds what ExploreCourses tells and no rule needs (attributes, tags, objectives).
    """

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
    max_times: Mapped[int | None]
    prerequisites: Mapped[str | None]
    prerequisite_prose: Mapped[str] = mapped_column(default="")
    prerequisite_confidence: Mapped[float] = mapped_column(default=1.0)
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
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
    withdraw_by: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    windows: Mapped[list[WindowRow]] = relationship(order_by="WindowRow.group", lazy="selectin")


class WindowRow(Base):
    """When one group of students may enroll in a term."""

    __tablename__ = "enrollment_windows"
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), primary_key=True)
    group: Mapped[str] = mapped_column(String(40), primary_key=True)
    opens: Mapped[date]
    closes: Mapped[date]


class SectionRow(Base):
    """One offering of a course in a term; `parent` is the lecture of a discussion or lab.

    `reserved` lists seats kept for groups: `{"group", "seats", "until"}` with an ISO date.
    """

    __tablename__ = "sections"
    class_id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    number: Mapped[str] = mapped_column(String(4))
    component: Mapped[str] = mapped_column(String(4))
    capacity: Mapped[int]
    waitlist_capacity: Mapped[int]
    instructors: Mapped[list[str]] = mapped_column(JSON)
    parent: Mapped[int | None] = mapped_column(ForeignKey("sections.class_id"), index=True)
    add_consent: Mapped[bool] = mapped_column(default=False)
    cancelled: Mapped[bool] = mapped_column(default=False)
    reserved: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    meetings: Mapped[list[MeetingRow]] = relationship(
        lazy="selectin", order_by="MeetingRow.id", cascade="all, delete-orphan"
    )
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
