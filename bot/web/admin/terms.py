"""Terms and their dates."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from bot.web.admin.desk import Admin, Filled, Visitor
from bot.web.admin.editing import Drawn, drawn_record, save
from knowledge.admin.facts import Table
from knowledge.admin.trail import Trail, Wanted

routes = APIRouter(prefix="/terms")
TermId = Annotated[int, Path(ge=0, lt=10**5)]


@routes.get("")
def listing(admin: Admin) -> Response:
    """All terms, the newest first."""
    with admin.units.read() as work:
        terms = work.catalogue.calendar().terms
    return admin.page("terms.html", terms=terms[::-1], today=admin.desk.today)


@routes.get("/{term_id}")
def one(admin: Admin, term_id: TermId, done: str = "", promoted: int = 0) -> Response:
    """A term with its form."""
    return _page(admin, term_id, done=done)


@routes.post("/{term_id}")
def change(admin: Admin, form: Filled, term_id: TermId) -> Response:
    """Save a term's dates."""
    return save(
        admin,
        form,
        Table.TERMS,
        str(term_id),
        f"/admin/terms/{term_id}",
        lambda drawn: _page(admin, term_id, drawn, 422),
    )


def _page(
    admin: Visitor, term_id: int, drawn: Drawn | None = None, status: int = 200, done: str = ""
) -> Response:
    with admin.units.read() as work:
        present = drawn_record(work, admin, Table.TERMS, str(term_id))
        history = Trail(work).search(Wanted(table=Table.TERMS, key=str(term_id)), size=10)
    facts: dict[str, Any] = {
        "drawn": drawn or present,
        "present": present,
        "history": history.entries,
    }
    return admin.page("term.html", status, **facts, done=done)
