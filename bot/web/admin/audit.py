"""The audit log: searching it, one entry with both sides, and taking one change back."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from bot.web.admin.desk import Admin, Filled
from bot.web.admin.once import once
from knowledge.admin.trail import Trail, Wanted
from knowledge.admin.undoing import Undo
from knowledge.storage.listings.pages import Listing
from knowledge.storage.unit_of_work import Work

routes = APIRouter(prefix="/audit")
Number = Annotated[int, Path(ge=0, lt=10**15)]
_TABLES = ("courses", "sections", "terms", "students", "enrollments", "petitions",
           "permission_numbers", "departments")  # fmt: skip


class Sought(BaseModel):
    """The search form's fields as they were typed; what cannot be read asks for nothing."""

    actor: str = Field("", max_length=80)
    act: str = Field("", max_length=80)
    table: str = Field("", max_length=80)
    key: str = Field("", max_length=80)
    text: str = Field("", max_length=80)
    since: str = ""
    until: str = ""
    import_id: str = Field("", max_length=15)
    page: int = 1
    done: str = ""

    def wanted(self) -> Wanted:
        """What the log is asked for."""
        number = self.import_id.strip()
        return Wanted(
            self.actor.strip(),
            self.act.strip(),
            self.table,
            self.key.strip(),
            self.text.strip(),
            _moment(self.since, time.min),
            _moment(self.until, time.max),
            int(number) if number.isascii() and number.isdigit() else None,
        )


@routes.get("")
def search(admin: Admin, sought: Annotated[Sought, Query()]) -> Response:
    """A page of the entries that match, newest first."""
    with admin.units.read() as work:
        found = Trail(work).search(sought.wanted(), sought.page)
    listing = Listing(found.entries, found.total, found.number, found.size)
    filters = sought.model_dump(exclude={"page", "done"})
    facts: dict[str, Any] = {
        "found": listing,
        "filters": filters,
        "tables": _TABLES,
        "done": sought.done,
    }
    return admin.page("audit.html", **facts)


@routes.get("/{entry_id}")
def one(admin: Admin, entry_id: Number, done: str = "", promoted: int = 0) -> Response:
    """One entry: what was before and after."""
    with admin.units.read() as work:
        entry = Trail(work).entry(entry_id)
    fields = sorted({*(entry.before or {}), *(entry.after or {})})
    told: dict[str, Any] = {"done": done, "promoted": promoted}
    return admin.page("entry.html", entry=entry, fields=fields, **told)


@routes.post("/{entry_id}/undo")
def undo(admin: Admin, form: Filled, entry_id: Number) -> Response:
    """Take one change back."""

    def act(work: Work) -> str:
        promoted = Undo(work, admin.desk.today, admin.actor).entry(entry_id)
        return f"/admin/audit/{entry_id}?done=undone&promoted={promoted}"

    return once(admin, form, act)


@routes.post("/imports/{import_id}/undo")
def undo_import(admin: Admin, form: Filled, import_id: Number) -> Response:
    """Take a whole import back."""

    def act(work: Work) -> str:
        Undo(work, admin.desk.today, admin.actor).whole_import(import_id)
        return f"/admin/audit?import_id={import_id}&done=import-undone"

    return once(admin, form, act)


def _moment(day: str, at: time) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), at) if day else None
    except ValueError:
        return None
