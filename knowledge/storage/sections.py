"""Changing sections in place."""

from __future__ import annotations

from sqlalchemy.orm import Session

from knowledge.errors import UnknownSection
from knowledge.storage.orm import SectionRow


class SectionEditor:
    """Changes sections of one transaction; the caller locks and audits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def set_capacity(self, class_id: int, capacity: int) -> int:
        """Change a section's capacity and return the old one; raise UnknownSection."""
        row = self._session.get(SectionRow, class_id, populate_existing=True)
        if row is None:
            raise UnknownSection(class_id)
        before, row.capacity = row.capacity, capacity
        row.version += 1
        self._session.flush()
        return before
