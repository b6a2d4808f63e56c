"""Changing one record: checked, locked by version, audited with what was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.admin import checks
from knowledge.admin.changes import adds_seats, promote
from knowledge.admin.facts import Facts, State, Table, differing
from knowledge.admin.holding import hold, hold_catalogue, unknown
from knowledge.admin.newcomers import key_for
from knowledge.admin.records.registry import complete, records_of
from knowledge.admin.records.sections import SectionRecords
from knowledge.errors import FieldsRejected, StaleVersion, StillReferred
from knowledge.storage.unit_of_work import Work

SINGULAR = {
    Table.COURSES: "course",
    Table.SECTIONS: "section",
    Table.TERMS: "term",
    Table.STUDENTS: "student",
}


@dataclass(frozen=True)
class Edited:
    """A change that was made: the record's new state, what changed, who moved up a waitlist.

    Nothing was written, and nothing stands in the log, when `after` is empty.
    """

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
        known = key.isascii() and key.isdigit() and len(key) < 10
        found = records_of(table, self.work.session).load([key] if known else [])
        state = next(iter(found), None)
        if state is None:
            raise unknown(table, key)
        return state

    def change(self, table: Table, key: str, version: int, changes: Mapping[str, Any]) -> Edited:
        """Change fields of a record drawn at that version; raise StaleVersion, FieldsRejected."""
        self._hold(table, key)
        state = self.state(table, key)
        good, faults = checks.normalised(table, changes)
        if table is Table.COURSES and "prerequisites" in good:
            # What an admin writes is certain, whatever was read from prose before.
            changed = good["prerequisites"] != state.facts["prerequisites"]
            good |= {"prerequisite_confidence": 1.0} if changed else {}
        before, after = differing(state.facts, good)
        if version != state.version:
            raise StaleVersion(table, key, version, state.version, after, before)
        if after or faults:
            self._check(state, faults, good, {**state.facts, **after})
        return self._written(state, before, after) if after else Edited(state, {}, {})

    def _check(self, state: State, faults: list[Any], good: Facts, whole: Facts) -> None:
        table, key = state.table, state.key
        found = faults + checks.fixed(table, state.facts, good)
        found = found or checks.together(table, whole)
        found = found or checks.against_others(self.work.session, table, key, whole)
        if found:
            raise FieldsRejected(table, key, found)

    def _written(self, state: State, before: Facts, after: Facts) -> Edited:
        new = replace(state, version=state.version + 1, facts={**state.facts, **after})
        records_of(state.table, self.work.session).update([new])
        self._note("change", state.table, state.key, before, after)
        moved = 0
        if state.table is Table.SECTIONS and adds_seats(before, after):
            moved = promote(self.work, self.today, self.actor, int(state.key))
        return Edited(new, before, after, moved)

    def add(self, table: Table, facts: Mapping[str, Any]) -> Edited:
        """A new record (a section gets its class id, a course its number); raise KeyTaken."""
        good, faults = checks.normalised(table, facts)
        named = {fault["field"] for fault in faults}
        faults += [f for f in checks.missing(table, facts) if f["field"] not in named]
        if faults:
            raise FieldsRejected(table, "", faults)
        whole = complete(table, good)
        if table is not Table.STUDENTS:
            hold_catalogue(self.work)  # no two may take one natural key
        key = key_for(self.work, table, whole)
        found = checks.together(table, whole)
        found = found or checks.against_others(self.work.session, table, "", whole)
        if found:
            raise FieldsRejected(table, "", found)
        state = State(table, key, 1, whole)
        records_of(table, self.work.session).insert([state])
        self._note("add", table, key, None, whole)
        return Edited(state, {}, whole)

    def cancel_section(self, class_id: int, version: int) -> Edited:
        """Mark a section as cancelled; its students keep their rows and are told so."""
        return self.change(Table.SECTIONS, str(class_id), version, {"cancelled": True})

    def remove(self, table: Table, key: str, version: int) -> None:
        """Delete a record that nothing refers to; raise StillReferred, StaleVersion."""
        self._hold(table, key)
        state, records = self.state(table, key), records_of(table, self.work.session)
        if version != state.version:
            raise StaleVersion(table, key, version, state.version, {}, state.facts)
        by = list(records.references([key]).get(key, []))
        if isinstance(records, SectionRecords) and records.children([key]):
            by.append("sections")
        if by:
            raise StillReferred(table, key, by)
        records.delete([key])
        self._note("remove", table, key, {**state.facts, "version": state.version}, None)

    def _hold(self, table: Table, key: str) -> None:
        self.state(table, key)
        hold(self.work, table, key)

    def _note(
        self, act: str, table: Table, key: str, before: Facts | None, after: Facts | None
    ) -> None:
        self.work.audit.note(self.actor, f"{act}-{SINGULAR[table]}", table, key, before, after)
