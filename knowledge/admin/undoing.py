"""Undoing what the log holds: one change, or all of an import, itself logged with `undoes`.

An undo restores `before`, provided that the record still has what `after` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.exc import IntegrityError

from knowledge.admin.changes import ORDER, ChangeSet, adds_seats, promote, write
from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.holding import hold
from knowledge.admin.records.registry import records_of
from knowledge.admin.records.sections import SectionRecords
from knowledge.admin.trail import Entry, Trail
from knowledge.errors import NotUndoable, StillReferred, UndoConflict, UnknownImport
from knowledge.storage.orm import ImportRow
from knowledge.storage.unit_of_work import Work

_VERSION = "version"


@dataclass
class _Plan:
    """What undoing some entries of one table means."""

    changes: ChangeSet = field(default_factory=ChangeSet)
    freed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Undo:
    """Takes changes back inside one writing transaction."""

    work: Work
    today: date
    actor: str

    def entry(self, entry_id: int) -> int:
        """Take one change back; raise UnknownEntry, NotUndoable, UndoConflict or StillReferred.

        Returns how many students moved up a waitlist.
        """
        entry = Trail(self.work).entry(entry_id)
        if not entry.undoable:
            raise NotUndoable(entry_id, entry.act)
        return self._take_back([entry])

    def whole_import(self, import_id: int) -> int:
        """Take back every change of an import, or raise and leave all; returns how many.

        Departments that came with it stay.
        """
        if self.work.session.get(ImportRow, import_id) is None:
            raise UnknownImport(import_id)
        all_entries = Trail(self.work).of_import(import_id)
        entries = [entry for entry in all_entries if entry.undoable]
        if not entries:
            raise NotUndoable(all_entries[0].entry_id if all_entries else 0, "import")
        self._take_back(entries)
        return len(entries)

    def _take_back(self, entries: Sequence[Entry]) -> int:
        plans: dict[Table, _Plan] = {}
        for table in ORDER:
            of_table = [entry for entry in entries if entry.table == table]
            if of_table:
                plans[table] = self._plan(table, of_table)
        for table in reversed(plans):
            self._remove(table, plans[table].changes)
        try:
            write(self.work.session, {table: plan.changes for table, plan in plans.items()})
        except IntegrityError as error:  # a code was taken, or a term removed, in the meantime
            first = entries[0]
            raise UndoConflict(
                first.entry_id, first.table, first.key, first.before or {}, {}
            ) from error
        self._note(entries)
        freed = plans[Table.SECTIONS].freed if Table.SECTIONS in plans else []
        return sum(promote(self.work, self.today, self.actor, class_id) for class_id in freed)

    def _plan(self, table: Table, entries: Sequence[Entry]) -> _Plan:
        if len(entries) == 1:
            self._hold(table, entries[0])
        keys = [entry.key for entry in entries]
        present = {s.key: s for s in records_of(table, self.work.session).load(keys)}
        plan = _Plan()
        for entry in entries:
            self._judge(entry, table, present.get(entry.key), plan)
        return plan

    def _hold(self, table: Table, entry: Entry) -> None:
        if any(True for _ in records_of(table, self.work.session).load([entry.key])):
            hold(self.work, table, entry.key)

    def _judge(self, entry: Entry, table: Table, state: State | None, plan: _Plan) -> None:
        before, after = _spoken(entry.before), _spoken(entry.after)
        if after is None:
            if state is not None or before is None:
                raise UndoConflict(
                    entry.entry_id, table, entry.key, {}, state.facts if state else {}
                )
            version = before.pop(_VERSION, 0) + 1
            plan.changes.added.append(State(table, entry.key, version, before))
            return
        now = {name: state.facts.get(name) for name in after} if state else {}
        if state is None or now != after:
            raise UndoConflict(entry.entry_id, table, entry.key, after, now)
        if before is None:
            plan.changes.removed.append(entry.key)
            return
        facts = {**state.facts, **before}
        plan.changes.updated.append(State(table, entry.key, state.version + 1, facts))
        if table is Table.SECTIONS and adds_seats(after, before):
            plan.freed.append(int(entry.key))

    def _remove(self, table: Table, changes: ChangeSet) -> None:
        """What had been added goes, unless something that stays refers to it by now."""
        records, keys = records_of(table, self.work.session), changes.removed
        for key, by in records.references(keys).items():
            raise StillReferred(table, key, list(by))
        if isinstance(records, SectionRecords):
            touched = {*keys, *(state.key for state in changes.updated)}
            if records.children(keys) - touched:
                raise StillReferred(table, keys[0], ["sections"])
        records.delete(keys)
        changes.removed = []

    def _note(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            before, after = _spoken(entry.after), _spoken(entry.before)
            noted = ("undo", entry.table, entry.key, before, after)
            self.work.audit.note_many([noted], self.actor, undoes=entry.entry_id)


def _spoken(facts: Facts | None) -> Facts | None:
    """Logged facts in the words of today's records: other services log students in their own."""
    if facts is None:
        return None
    told = dict(facts)
    if "window" in told:
        told["window_opens"], told["window_closes"] = told.pop("window") or (None, None)
        told["completed_all"] = told["completed"] == "all"
        if told["completed_all"]:
            del told["completed"]
    return told
