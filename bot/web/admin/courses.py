"""Courses: looking through them, and one with its form, its sections and its history."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from bot.web.admin.desk import Admin, Filled, Visitor
from bot.web.admin.editing import Drawn, drawn_record, save
from knowledge.admin.facts import Table
from knowledge.admin.trail import Trail, Wanted
from knowledge.model.courses import Level
from knowledge.storage.listings.courses import CourseFilter, courses

routes = APIRouter(prefix="/courses")
CourseId = Annotated[int, Path(ge=0, lt=10**9)]


@routes.get("")
def listing(
    admin: Admin,
    q: Annotated[str, Query(max_length=100)] = "",
    subject: Annotated[str, Query(max_length=12)] = "",
    level: str = "",
    rule: str = "",
    page: int = 1,
) -> Response:
    """A page of the courses that match."""
    with admin.units.read() as work:
        found = courses(work.session, CourseFilter(q, subject, level, rule), page)
        subjects = [department.code for department in work.catalogue.departments()]
    filters = {"q": q, "subject": subject, "level": level, "rule": rule}
    facts: dict[str, Any] = {
        "found": found,
        "filters": filters,
        "subjects": subjects,
        "levels": list(Level),
    }
    return admin.page("courses.html", **facts)


@routes.get("/{course_id}")
def one(admin: Admin, course_id: CourseId, done: str = "", promoted: int = 0) -> Response:
    """A course with its form."""
    return _page(admin, course_id, done=done)


@routes.post("/{course_id}")
def change(admin: Admin, form: Filled, course_id: CourseId) -> Response:
    """Save a course's form."""
    target = f"/admin/courses/{course_id}"
    return save(
        admin,
        form,
        Table.COURSES,
        str(course_id),
        target,
        lambda drawn: _page(admin, course_id, drawn, 422),
    )


def _page(
    admin: Visitor, course_id: int, drawn: Drawn | None = None, status: int = 200, done: str = ""
) -> Response:
    key = str(course_id)
    with admin.units.read() as work:
        present = drawn_record(work, admin, Table.COURSES, key)
        sections = work.catalogue.sections(course_id)
        history = Trail(work).search(Wanted(table=Table.COURSES, key=key), size=10)
    facts: dict[str, Any] = {"drawn": drawn or present, "present": present, "sections": sections}
    return admin.page("course.html", status, **facts, history=history.entries, done=done)
