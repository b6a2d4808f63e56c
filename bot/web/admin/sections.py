"""Sections: looking through them; one with its form, its students and its permission numbers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from bot.web.admin.desk import Admin, Filled, Visitor
from bot.web.admin.editing import Drawn, drawn_record, save
from bot.web.admin.once import once
from bot.web.forms import Form, FormIncomplete
from knowledge.admin.facts import Table
from knowledge.admin.trail import Trail, Wanted
from knowledge.errors import InvalidSuid
from knowledge.model.students import normalise_suid
from knowledge.registrar.administration import Administration
from knowledge.registrar.rules.readiness import LIFTABLE
from knowledge.storage.listings.sections import SectionFilter, roster, sections
from knowledge.storage.unit_of_work import Work

routes = APIRouter(prefix="/sections")
ClassId = Annotated[int, Path(ge=0, lt=10**9)]


@routes.get("")
def listing(
    admin: Admin,
    q: Annotated[str, Query(max_length=100)] = "",
    term: str = "",
    seats: str = "",
    page: int = 1,
) -> Response:
    """A page of the sections that match."""
    term_id = int(term) if term.isascii() and term.isdigit() and len(term) < 6 else None
    with admin.units.read() as work:
        found = sections(work.session, SectionFilter(q, term_id, seats), page)
        terms = sorted((dates.term for dates in work.catalogue.calendar().terms), reverse=True)
    filters = {"q": q, "term": term, "seats": seats}
    return admin.page("sections.html", found=found, filters=filters, terms=terms)


@routes.get("/{class_id}")
def one(admin: Admin, class_id: ClassId, done: str = "", promoted: int = 0) -> Response:
    """A section with its form."""
    return _page(admin, class_id, done=done, promoted=promoted)


@routes.post("/{class_id}")
def change(admin: Admin, form: Filled, class_id: ClassId) -> Response:
    """Save a section's form; more seats move the waitlist up."""
    return save(
        admin,
        form,
        Table.SECTIONS,
        str(class_id),
        f"/admin/sections/{class_id}",
        lambda drawn: _page(admin, class_id, drawn, 422),
    )


@routes.post("/{class_id}/permissions")
def give_permission(admin: Admin, form: Filled, class_id: ClassId) -> Response:
    """Give out a permission number; the section's page lists it."""
    lifts = frozenset(name for name in LIFTABLE if form.text(f"lifts-{name}", ""))
    suid, expires = _suid(form), _expires(form)
    if not lifts:
        raise FormIncomplete("lifts")

    def act(work: Work) -> str:
        if suid is not None:
            work.students.get(suid)  # a number for nobody would be no use
        Administration(work, admin.desk.today, admin.actor).give_permission(
            class_id, lifts, suid, expires
        )
        return f"/admin/sections/{class_id}?done=permission"

    return once(admin, form, act)


def _suid(form: Form) -> str | None:
    text = form.text("suid", "").strip()
    try:
        return normalise_suid(text) if text else None
    except InvalidSuid as error:
        raise FormIncomplete("suid") from error


def _expires(form: Form) -> date | None:
    text = form.text("expires", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise FormIncomplete("expires") from error


def _page(
    admin: Visitor,
    class_id: int,
    drawn: Drawn | None = None,
    status: int = 200,
    done: str = "",
    promoted: int = 0,
) -> Response:
    key = str(class_id)
    with admin.units.read() as work:
        present = drawn_record(work, admin, Table.SECTIONS, key)
        section = work.catalogue.section(class_id)
        facts: dict[str, Any] = {
            "section": section,
            "course": work.catalogue.course_of(section),
            "linked": work.catalogue.counted(work.catalogue.children(class_id)),
            "roster": roster(work.session, class_id),
            "permissions": work.exceptions.permissions(class_id),
            "history": Trail(work).search(Wanted(table=Table.SECTIONS, key=key), size=10).entries,
        }
    told: dict[str, Any] = {"done": done, "promoted": promoted, "liftable": sorted(LIFTABLE)}
    return admin.page("section.html", status, drawn=drawn or present, **facts, **told)
