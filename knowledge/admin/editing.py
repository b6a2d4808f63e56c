"""Changing one record: checked, locked by version, audited with what was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.admin.facts import Facts, State, Table
from knowledge.model.courses import Course
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Edited:
    """A change that was made: the record's new state, what changed, who moved up a waitlist."""

    state: State
    before: Facts
    after: Facts
    promoted: int = 0


@dataclass(frozen=True)
class Editor:
    """Edits inside one writing transaction; `actor` stands in the audit log.

    `changes` are facts: see docs/admin.md for the fields of each table. Texts from a form become
    facts by `knowledge.formats.csv_columns.read_cells`, one table's columns serving as its form.
    """

    work: Work
    today: date
    actor: str

    def state(self, table: Table, key: str) -> State:
        """The record now; raise UnknownCourse, UnknownSection, UnknownTerm or UnknownStudent."""
        raise NotImplementedError

    def change(self, table: Table, key: str, version: int, changes: Mapping[str, Any]) -> Edited:
        """Change fields of a record drawn at that version; raise StaleVersion, FieldsRejected."""
        raise NotImplementedError

    def add(self, table: Table, facts: Mapping[str, Any]) -> Edited:
        """A new record (a section gets its class id, a course its number); raise KeyTaken."""
        raise NotImplementedError

    def cancel_section(self, class_id: int, version: int) -> Edited:
        """Mark a section as cancelled; its students keep their rows and are told so."""
        raise NotImplementedError

    def remove(self, table: Table, key: str, version: int) -> None:
        """Delete a record that nothing refers to; raise StillReferred, StaleVersion."""
        raise NotImplementedError

    def course_of(self, code: str) -> Course:
        """The course of a code; its `course_id` is the record's key."""
        return self.work.catalogue.course(code)
