"""Confirmed imports for admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.storage.listings.pages import Listing, cut
from knowledge.storage.orm import ImportRow


@dataclass(frozen=True)
class ListedImport:
    """An import that was written; `counts` are by table and kind."""

    import_id: int
    at: datetime
    actor: str
    filename: str
    sha256: str
    counts: dict[str, Any]


def imports(session: Session, number: int = 1) -> Listing[ListedImport]:
    """A page of imports, newest first."""
    row = ImportRow
    query = select(row.id, row.at, row.actor, row.filename, row.sha256, row.counts)
    page = cut(session, query.order_by(row.id.desc()), number, 20)
    found = tuple(ListedImport(*record) for record in page.records)
    return Listing(found, page.total, page.number, page.size)
