"""Petitions for more units: the pending ones first, each to approve or deny."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from bot.web.admin.desk import Admin, Filled
from bot.web.admin.once import once
from bot.web.forms import FormIncomplete
from knowledge.errors import StaleVersion
from knowledge.model.students import Decision
from knowledge.registrar.administration import Administration
from knowledge.storage.listings.students import petitions
from knowledge.storage.unit_of_work import Work

routes = APIRouter(prefix="/petitions")
_KINDS = {"", *Decision}


@routes.get("")
def listing(
    admin: Admin, decision: str = Decision.PENDING.value, page: int = 1, done: str = ""
) -> Response:
    """A page of petitions of one decision, or all."""
    chosen = decision if decision in _KINDS else ""
    with admin.units.read() as work:
        found = petitions(work.session, chosen, page)
    return admin.page("petitions.html", found=found, filters={"decision": chosen}, done=done)


@routes.post("/{petition_id}")
def decide(
    admin: Admin, form: Filled, petition_id: Annotated[int, Path(ge=0, lt=10**9)]
) -> Response:
    """Approve or deny; raise StaleVersion when somebody has decided meanwhile."""
    drawn, chosen = form.text("drawn"), form.text("decision")
    if chosen not in (Decision.APPROVED, Decision.DENIED):
        raise FormIncomplete("decision")

    def act(work: Work) -> str:
        desk = Administration(work, admin.desk.today, admin.actor)
        before = desk.decide_petition(petition_id, Decision(chosen)).decision.value
        if before != drawn:
            yours, theirs = {"decision": chosen}, {"decision": before}
            raise StaleVersion("petitions", str(petition_id), 0, 0, yours, theirs)
        return f"/admin/petitions?done={chosen}"

    return once(admin, form, act)
