"""The audit log: who changed what, in the transaction of the change itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.storage.orm import AuditRow


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

    def catalogue_version(self) -> int:
        """A number that grows with every change of courses, sections or terms."""
        changed = AuditRow.table.in_(("courses", "sections", "terms"))
        return self._session.scalar(select(func.max(AuditRow.id)).where(changed)) or 0
