"""Downloads: the tables as CSV that re-imports unchanged."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from bot.web.admin.desk import Admin
from knowledge.admin.exporting import export
from knowledge.admin.facts import Table

routes = APIRouter(prefix="/exports")
_OFFERED = (Table.COURSES, Table.SECTIONS, Table.STUDENTS)


@routes.get("")
def listing(admin: Admin) -> Response:
    """What can be downloaded."""
    return admin.page("exports.html", tables=_OFFERED)


def _add(table: Table) -> None:
    @routes.get(f"/{table.value}.csv", name=f"export_{table.value}")
    def download(admin: Admin) -> Response:
        """One table, in pieces."""
        name = f"{table.value}-{admin.desk.today.isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        pieces = export(admin.units, table)
        return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


for _table in _OFFERED:
    _add(_table)
