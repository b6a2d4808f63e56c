"""An admin who edits and undoes, each act a transaction of its own."""

from __future__ import annotations

from typing import Any

from small_registrar import TODAY, SmallRegistrar

from knowledge.admin.editing import Edited, Editor
from knowledge.admin.facts import Table
from knowledge.admin.trail import Entry, Trail, Wanted
from knowledge.admin.undoing import Undo

COURSES, SECTIONS, TERMS, STUDENTS = Table


class Admin:
    def __init__(self, small: SmallRegistrar) -> None:
        self.units = small.units

    def change(self, table: Table, key: object, version: int, **changes: Any) -> Edited:
        with self.units.write() as work:
            return Editor(work, TODAY, "admin:ada").change(table, str(key), version, changes)

    def add(self, table: Table, **facts: Any) -> Edited:
        with self.units.write() as work:
            return Editor(work, TODAY, "admin:ada").add(table, facts)

    def remove(self, table: Table, key: object, version: int = 1) -> None:
        with self.units.write() as work:
            Editor(work, TODAY, "admin:ada").remove(table, str(key), version)

    def undo(self, entry_id: int | None = None) -> int:
        with self.units.write() as work:
            wanted = self.last().entry_id if entry_id is None else entry_id
            return Undo(work, TODAY, "admin:bob").entry(wanted)

    def last(self, **wanted: Any) -> Entry:
        return self.search(**wanted)[0]

    def search(self, **wanted: Any) -> tuple[Entry, ...]:
        with self.units.read() as work:
            return Trail(work).search(Wanted(**wanted)).entries

    def facts(self, table: Table, key: object) -> dict[str, Any]:
        with self.units.read() as work:
            return Editor(work, TODAY, "").state(table, str(key)).facts
