"""Courses for admins: by words, subject, level, and whether their prerequisites are sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from knowledge.model.courses import Course
from knowledge.storage import mapping
from knowledge.storage.listings.pages import Listing, cut, pattern
from knowledge.storage.orm import CourseCodeRow, CourseRow, SectionRow


@dataclass(frozen=True)
class CourseFilter:
    """What to look for; an empty text asks for nothing. `rule` is "yes", "no" or "unsure"."""

    text: str = ""
    subject: str = ""
    level: str = ""
    rule: str = ""


@dataclass(frozen=True)
class ListedCourse:
    """A course and how many sections it has in all terms."""

    course: Course
    sections: int


def courses(session: Session, wanted: CourseFilter, number: int = 1) -> Listing[ListedCourse]:
    """A page of courses by home code."""
    count = (
        select(func.count())
        .where(SectionRow.course_id == CourseRow.id)
        .correlate(CourseRow)
        .scalar_subquery()
    )
    home = and_(CourseCodeRow.course_id == CourseRow.id, CourseCodeRow.position == 0)
    query = select(CourseRow, count).join(CourseCodeRow, home).order_by(CourseCodeRow.code)
    page = cut(session, _filtered(query, wanted), number)
    found = tuple(ListedCourse(mapping.course(row), sections) for row, sections in page.records)
    return Listing(found, page.total, page.number, page.size)


def _filtered(query: Select[Any], wanted: CourseFilter) -> Select[Any]:
    if wanted.text.strip():
        code = pattern("".join(wanted.text.split()))[1:]
        named = select(CourseCodeRow.course_id).where(CourseCodeRow.code.ilike(code, escape="\\"))
        titled = CourseRow.title.ilike(pattern(wanted.text), escape="\\")
        query = query.where(or_(titled, CourseRow.id.in_(named)))
    if wanted.subject.strip():
        # A code is its subject and then a digit, so CS does not find CSRE.
        subject = wanted.subject.strip().upper()
        ours = [CourseCodeRow.code.like(f"{subject}{digit}%") for digit in range(10)]
        query = query.where(CourseRow.id.in_(select(CourseCodeRow.course_id).where(or_(*ours))))
    if wanted.level:
        query = query.where(CourseRow.level == wanted.level)
    return _by_rule(query, wanted.rule)


def _by_rule(query: Select[Any], rule: str) -> Select[Any]:
    has_rule = CourseRow.prerequisites.is_not(None) & (CourseRow.prerequisites != "")
    if rule == "yes":
        return query.where(has_rule)
    if rule == "no":
        return query.where(~has_rule, CourseRow.prerequisite_prose == "")
    if rule == "unsure":
        return query.where(~has_rule, CourseRow.prerequisite_prose != "")
    return query
