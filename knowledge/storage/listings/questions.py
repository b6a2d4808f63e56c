"""The question log for admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.storage.listings.pages import Listing, cut, pattern
from knowledge.storage.orm import QuestionRow


@dataclass(frozen=True)
class QuestionFilter:
    """What to look for; `answered` is "yes", "no" or ""."""

    text: str = ""
    kind: str = ""
    answered: str = ""


@dataclass(frozen=True)
class ListedQuestion:
    """One question without its asker."""

    at: datetime
    kind: str
    text: str
    filters: dict[str, Any]
    results: int
    answered: bool


def questions(session: Session, wanted: QuestionFilter, number: int = 1) -> Listing[ListedQuestion]:
    """A page of questions, newest first."""
    row = QuestionRow
    query = select(row.at, row.kind, row.text, row.filters, row.results, row.answered)
    query = query.order_by(row.id.desc())
    if wanted.text.strip():
        query = query.where(row.text.ilike(pattern(wanted.text), escape="\\"))
    if wanted.kind:
        query = query.where(row.kind == wanted.kind)
    if wanted.answered in ("yes", "no"):
        query = query.where(row.answered.is_(wanted.answered == "yes"))
    page = cut(session, query, number)
    found = tuple(ListedQuestion(*record) for record in page.records)
    return Listing(found, page.total, page.number, page.size)
