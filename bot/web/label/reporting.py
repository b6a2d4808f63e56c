"""How much is labelled, how often the model erred, and how far people agree."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.labelling.report import report_of
from bot.web.label.room import Admin, Services
from bot.web.review.desk import Rater
from knowledge.storage.label_work import LabelWork

routes = APIRouter(prefix="/report")


@routes.get("")
def report(rater: Rater, room: Services, admin: Admin) -> Response:
    """The figures of `python -m bot.labelling report`."""
    with room.units.read() as work:
        found = report_of(LabelWork(work.session).items())
    return rater.page("label/report.html", report=found, admin=admin)
