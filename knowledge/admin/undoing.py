"""Undoing what the log holds: one change, or all of an import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Undo:
    """Takes changes back inside one writing transaction."""

    work: Work
    today: date
    actor: str

    def entry(self, entry_id: int) -> None:
        """Take one change back; raise UnknownEntry, NotUndoable, UndoConflict or StillReferred."""
        raise NotImplementedError

    def whole_import(self, import_id: int) -> int:
        """Take back every change of an import, or raise and leave all; returns how many."""
        raise NotImplementedError
