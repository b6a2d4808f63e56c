"""Students: looking through them; one with holds, limits, windows and enrollments."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from bot.web.admin.desk import Admin, Filled, Visitor
from bot.web.admin.editing import Drawn, drawn_record, save
from knowledge.admin.facts import Table
from knowledge.admin.trail import Trail, Wanted
from knowledge.storage.listings.students import StudentFilter, students

routes = APIRouter(prefix="/students")
Suid = Annotated[str, Path(pattern=r"^\d{8}$")]


@routes.get("")
def listing(
    admin: Admin,
    q: Annotated[str, Query(max_length=80)] = "",
    held: str = "",
    page: int = 1,
) -> Response:
    """A page of the students that match."""
    with admin.units.read() as work:
        found = students(work.session, StudentFilter(q, held == "yes"), page)
    return admin.page("students.html", found=found, filters={"q": q, "held": held})


@routes.get("/{suid}")
def one(admin: Admin, suid: Suid, done: str = "", promoted: int = 0) -> Response:
    """A student with the form of their record."""
    return _page(admin, suid, done=done)


@routes.post("/{suid}")
def change(admin: Admin, form: Filled, suid: Suid) -> Response:
    """Save a student's record."""
    return save(
        admin,
        form,
        Table.STUDENTS,
        suid,
        f"/admin/students/{suid}",
        lambda drawn: _page(admin, suid, drawn, 422),
    )


def _page(
    admin: Visitor, suid: str, drawn: Drawn | None = None, status: int = 200, done: str = ""
) -> Response:
    with admin.units.read() as work:
        present = drawn_record(work, admin, Table.STUDENTS, suid)
        facts: dict[str, Any] = {
            "enrollments": work.students.enrollments(suid),
            "withdrawals": work.students.withdrawals(suid),
            "history": Trail(work).search(Wanted(table=Table.STUDENTS, key=suid), size=10).entries,
        }
    return admin.page("student.html", status, drawn=drawn or present, **facts, done=done)
