"""The first page: what waits for an admin, and what happens, drawn from the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.admin.desk import Admin, Visitor
from knowledge.admin.trail import Trail, Wanted
from knowledge.insights import figures
from knowledge.model.courses import UNCAPPED
from knowledge.storage import moments

routes = APIRouter()
_HOURS, _DAYS = 48, 30


@routes.get("/")
def dashboard(admin: Admin, term: str = "") -> Response:
    """Figures, plots and the latest changes."""
    with admin.units.read() as work:
        calendar = work.catalogue.calendar()
        terms = {dates.term.term_id: dates.term for dates in calendar.terms[::-1]}
        current = calendar.current(admin.desk.today) or (calendar.terms or (None,))[-1]
        latest = Trail(work).search(Wanted(), size=8).entries
        totals = figures.totals(work.session)
    default = current.term.term_id if current else 0
    chosen = int(term) if term.isascii() and term.isdigit() and int(term) in terms else default
    facts: dict[str, Any] = {"terms": terms, "term_id": chosen, "latest": latest, "totals": totals}
    plots = admin.desk.figures.of(chosen, lambda: _figures(admin, chosen))
    return admin.page("dashboard.html", **facts, **plots, days=_DAYS)


def _figures(admin: Visitor, term_id: int) -> dict[str, Any]:
    now = moments.now()
    since = now - timedelta(days=_DAYS)
    with admin.units.read() as work:
        return {
            "hours": figures.enrollments_by_hour(work.session, now, _HOURS),
            "fills": figures.fill_by_department(work.session, term_id, UNCAPPED),
            "searches": figures.top_searches(work.session, since),
            "unanswered": figures.unanswered(work.session, since),
        }
