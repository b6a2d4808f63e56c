"""The audit log: who changed what, in the transaction of the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.storage.orm import AuditRow

_CATALOGUE = ("courses", "sections", "terms")


@dataclass(frozen=True)
class CatalogueChange:
    """One logged change: its number, what was done, and to which row of which table."""

    number: int
    act: str
    table: str
    key: str


class AuditLog:
    """Appends to and reads the log of one transaction's database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(
        self,
        actor: str,
        act: str,
        table: str,
        key: str,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        """Record one change."""
        row = AuditRow(
            at=datetime.now(UTC).replace(tzinfo=None),
            actor=actor,
            act=act,
            table=table,
            key=key,
            before=before,
            after=after,
        )
        self._session.add(row)

    def latest(self, limit: int = 100) -> list[AuditRow]:
        """The newest entries first."""
        return list(
            self._session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
        )

    def newest(self) -> int:
        """The number of the newest entry of any kind."""
        return self._session.scalar(select(func.max(AuditRow.id))) or 0

    def catalogue_count(self, since: int) -> int:
        """How many changes of courses, sections and terms are numbered above `since`."""
        changed = (AuditRow.id > since, AuditRow.table.in_(_CATALOGUE))
        return self._session.scalar(select(func.count()).where(*changed)) or 0

    def catalogue_version(self) -> int:
        """A number that grows with every change of courses, sections or terms."""
        changed = AuditRow.table.in_(_CATALOGUE)
        return self._session.scalar(select(func.max(AuditRow.id)).where(changed)) or 0

    def catalogue_changes(self, since: int) -> list[CatalogueChange]:
        """Changes of courses, sections and terms numbered above `since`, in order."""
        columns = (AuditRow.id, AuditRow.act, AuditRow.table, AuditRow.key)
        query = select(*columns).where(AuditRow.id > since, AuditRow.table.in_(_CATALOGUE))
        return [CatalogueChange(*row) for row in self._session.execute(query.order_by(AuditRow.id))]
