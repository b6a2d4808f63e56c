"""The question log: what is asked, and what had no answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from bot.web.admin.desk import Admin
from knowledge.insights.questions import KEPT_DAYS, Asked
from knowledge.storage.listings.questions import QuestionFilter, questions

routes = APIRouter(prefix="/questions")


@routes.get("")
def listing(
    admin: Admin,
    q: Annotated[str, Query(max_length=100)] = "",
    kind: str = "",
    answered: str = "",
    page: int = 1,
) -> Response:
    """A page of questions, newest first."""
    with admin.units.read() as work:
        found = questions(work.session, QuestionFilter(q, kind, answered), page)
    filters = {"q": q, "kind": kind, "answered": answered}
    facts: dict[str, Any] = {
        "found": found,
        "filters": filters,
        "kinds": list(Asked),
        "kept_days": KEPT_DAYS,
    }
    return admin.page("questions.html", **facts)
