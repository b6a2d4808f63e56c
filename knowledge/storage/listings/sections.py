"""Sections for admins: by words, term and how full they are; and who sits in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from knowledge.model.courses import Section
from knowledge.model.students import Status
from knowledge.storage import mapping
from knowledge.storage.listings.pages import Listing, cut, pattern
from knowledge.storage.orm import CourseCodeRow, CourseRow, EnrollmentRow, SectionRow, StudentRow


@dataclass(frozen=True)
class SectionFilter:
    """What to look for; `seats` is "full", "free", "waiting", "cancelled" or ""."""

    text: str = ""
    term_id: int | None = None
    seats: str = ""


@dataclass(frozen=True)
class ListedSection:
    """A section with its seats counted, and the title of its course."""

    section: Section
    title: str


@dataclass(frozen=True)
class Seated:
    """A student in a section or on its waitlist."""

    suid: str
    name: str
    status: Status
    units: int


def sections(session: Session, wanted: SectionFilter, number: int = 1) -> Listing[ListedSection]:
    """A page of sections: the newest terms first, then by code and number."""
    home = (CourseCodeRow.course_id == SectionRow.course_id) & (CourseCodeRow.position == 0)
    query = (
        select(SectionRow, CourseRow.title, _enrolled(), _waiting())
        .join(CourseRow, CourseRow.id == SectionRow.course_id)
        .join(CourseCodeRow, home)
        .order_by(SectionRow.term_id.desc(), CourseCodeRow.code, SectionRow.number)
    )
    page = cut(session, _filtered(query, wanted), number)
    found = tuple(
        ListedSection(mapping.section(row, enrolled, waiting), title)
        for row, title, enrolled, waiting in page.records
    )
    return Listing(found, page.total, page.number, page.size)


def roster(session: Session, class_id: int, limit: int = 500) -> list[Seated]:
    """Who is enrolled (here, or here as the discussion of a lecture), then who waits, in order."""
    row = EnrollmentRow
    here = (row.class_id == class_id) | (
        (row.linked_class_id == class_id) & (row.status == Status.ENROLLED.value)
    )
    query = (
        select(row.suid, StudentRow.name, row.status, row.units)
        .join(StudentRow, StudentRow.suid == row.suid)
        .where(here)
        .order_by(row.status, row.sequence)
        .limit(limit)
    )
    return [
        Seated(suid, name, Status(status), units)
        for suid, name, status, units in session.execute(query)
    ]


def _filtered(query: Select[Any], wanted: SectionFilter) -> Select[Any]:
    if wanted.text.strip():
        query = query.where(or_(*_named(wanted.text)))
    if wanted.term_id is not None:
        query = query.where(SectionRow.term_id == wanted.term_id)
    if wanted.seats == "cancelled":
        return query.where(SectionRow.cancelled)
    if wanted.seats == "full":
        return query.where(_enrolled() >= SectionRow.capacity)
    if wanted.seats == "free":
        return query.where(_enrolled() < SectionRow.capacity)
    return query.where(_waiting() > 0) if wanted.seats == "waiting" else query


def _named(text: str) -> list[ColumnElement[bool]]:
    """By a code (cross-listings included), the title, an instructor or the class id."""
    code = pattern("".join(text.split()))[1:]
    named = select(CourseCodeRow.course_id).where(CourseCodeRow.code.ilike(code, escape="\\"))
    tests: list[ColumnElement[bool]] = [
        SectionRow.course_id.in_(named),
        CourseRow.title.ilike(pattern(text), escape="\\"),
        cast(SectionRow.instructors, String).ilike(pattern(text), escape="\\"),
    ]
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        tests.append(SectionRow.class_id == int(digits))
    return tests


def _enrolled() -> ColumnElement[int]:
    seated = EnrollmentRow.status == Status.ENROLLED.value
    return _count(EnrollmentRow.class_id, seated) + _count(EnrollmentRow.linked_class_id, seated)


def _waiting() -> ColumnElement[int]:
    return _count(EnrollmentRow.class_id, EnrollmentRow.status == Status.WAITLISTED.value)


def _count(column: Any, status: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).where(column == SectionRow.class_id, status)
    return counted.correlate(SectionRow).scalar_subquery()
