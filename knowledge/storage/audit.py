"""The audit log: who changed what, in the transaction of the change itself."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm import Session

from knowledge.storage import moments
from knowledge.storage.orm import AuditRow, CatalogueVersionRow

_INSERT = insert(cast(Table, AuditRow.__table__))
CATALOGUE_TABLES = frozenset({"courses", "sections", "terms", "departments"})


class AuditLog:
    """Appends to and reads the log of one transaction's database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._new_version: int | None = None
        self.has_notes = False  # whether this transaction has changed anything: no change without

    @property
    def changes_catalogue(self) -> bool:
        """Whether this transaction has changed the catalogue, not yet visible to others."""
        return self._new_version is not None

    def note(
        self,
        actor: str,
        act: str,
        table: str,
        key: str,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        *,
        import_id: int | None = None,
        undoes: int | None = None,
    ) -> None:
        """Record one change."""
        self.note_many([(act, table, key, before, after)], actor, import_id, undoes)

    def note_many(
        self,
        changes: list[tuple[str, str, str, dict[str, Any] | None, dict[str, Any] | None]],
        actor: str,
        import_id: int | None = None,
        undoes: int | None = None,
    ) -> None:
        """Record many changes (act, table, key, before, after) with one statement."""
        at = moments.now()
        rows = [
            {
                "at": at,
                "actor": actor,
                "act": act,
                "table": table,
                "key": key,
                "before": before,
                "after": after,
                "import_id": import_id,
                "undoes": undoes,
                "catalogue_version": self._version() if table in CATALOGUE_TABLES else None,
            }
            for act, table, key, before, after in changes
        ]
        if rows:
            self._session.connection().execute(_INSERT, rows)
            self.has_notes = True

    def _version(self) -> int:
        """The catalogue's next version, taken once a transaction; its row is held until the end."""
        if self._new_version is None:
            row = CatalogueVersionRow
            self._session.execute(update(row).values(version=row.version + 1))
            self._new_version = self._session.scalar(select(row.version)) or 0
        return self._new_version

    def latest(self, limit: int = 100) -> list[AuditRow]:
        """The newest entries first."""
        return list(
            self._session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
        )

    def catalogue_version(self) -> int:
        """A number that grows with every change of courses, sections, terms or departments."""
        return self._session.scalar(select(func.max(CatalogueVersionRow.version))) or 0

    def catalogue_changes(self, since: int) -> list[tuple[str, str]]:
        """What (table, key) was changed after that version."""
        query = (
            select(AuditRow.table, AuditRow.key)
            .where(AuditRow.catalogue_version > since)
            .distinct()
        )
        return [(table, key) for table, key in self._session.execute(query)]
