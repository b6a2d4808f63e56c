"""Carrying a diff out in one transaction: bulk writes, every record's change in the log."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from knowledge.admin.changes import ChangeSet, adds_seats, promote, write
from knowledge.admin.comparing import Changed, Diff
from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.previews import Progress
from knowledge.admin.records.batches import batches, next_number
from knowledge.admin.records.registry import complete, records_of
from knowledge.admin.settling import subject_of
from knowledge.admin.staging import Stage, Staged
from knowledge.storage import moments
from knowledge.storage.orm import (
    CourseRow,
    DepartmentRow,
    EnrollmentRow,
    ImportRow,
    SectionRow,
)
from knowledge.storage.unit_of_work import Work

_BATCH = 2000
_Noted = tuple[str, str, str, Facts | None, Facts | None]


@dataclass
class Application:
    """One import inside one writing transaction."""

    work: Work
    today: date
    actor: str
    progress: Progress
    import_id: int = 0
    done: int = 0
    freed: list[int] = field(default_factory=list)

    def run(self, stage: Stage, diff: Diff, filename: str, sha256: str) -> int:
        """Write everything; returns how many students moved up."""
        self.import_id = self._row(diff, filename, sha256)
        self._departments(stage)
        self._remove(diff)
        total = sum(map(len, diff.new.values())) + sum(map(len, diff.changed.values()))
        # A code may go from one course to another, so courses are written all at once.
        self._write(Table.COURSES, diff.changed[Table.COURSES], diff.new[Table.COURSES], total)
        for table in (Table.SECTIONS, Table.STUDENTS):
            # Lectures first: their discussions and labs refer to them.
            new = sorted(diff.new[table], key=lambda staged: bool(staged.facts.get("parent")))
            for added in batches(new, _BATCH):
                self._write(table, [], added, total)
            for changed in batches(diff.changed[table], _BATCH):
                self._write(table, changed, [], total)
        self._cancel(diff)
        return self._promote()

    def _row(self, diff: Diff, filename: str, sha256: str) -> int:
        counts = {table: dict(kinds) for table, kinds in diff.counts.items()}
        row = ImportRow(
            at=moments.now(),
            actor=self.actor,
            filename=filename[:200],
            sha256=sha256,
            counts=counts,
        )
        self.work.session.add(row)
        self.work.session.flush()
        return row.id

    def _departments(self, stage: Stage) -> None:
        named = {subject_of(code) for code in stage.courses} - stage.known.departments
        rows = [{"code": code, "name": code, "school": ""} for code in sorted(named)]
        if rows:
            self.work.session.execute(insert(DepartmentRow), rows)
            self._note([("import", "departments", row["code"], None, row) for row in rows])

    def _remove(self, diff: Diff) -> None:
        for table in (Table.SECTIONS, Table.COURSES):
            keys, records = diff.removed[table], records_of(table, self.work.session)
            for piece in batches(keys, _BATCH):
                self._note(
                    ("import", table, s.key, {**s.facts, "version": s.version}, None)
                    for s in records.load(piece)
                )
                write(self.work.session, {table: ChangeSet(removed=piece)})

    def _write(self, table: Table, changed: list[Changed], new: list[Staged], total: int) -> None:
        added = list(self._added(table, new))
        updated = {c.key: c for c in changed}
        states = [
            State(table, s.key, s.version + 1, {**s.facts, **updated[s.key].after})
            for s in records_of(table, self.work.session).load(updated.keys())
        ]
        write(self.work.session, {table: ChangeSet(added, states)})
        self._note(("import", table, c.key, c.before, c.after) for c in changed)
        self._note(("import", table, s.key, None, s.facts) for s in added)
        if table is Table.SECTIONS:
            self.freed += [int(c.key) for c in changed if adds_seats(c.before, c.after)]
        self.done += len(changed) + len(new)
        self.progress("write", self.done, total)

    def _added(self, table: Table, new: list[Staged]) -> Iterator[State]:
        keys = self._keys(table, new)
        for staged in new:
            facts = complete(table, staged.facts)
            if table is Table.SECTIONS:
                facts["class_id"] = int(keys[id(staged)])
            if table is Table.COURSES:
                facts["usual_units"] = min(
                    max(facts["usual_units"], facts["units_min"]), facts["units_max"]
                )
            yield State(table, keys[id(staged)], 1, facts)

    def _keys(self, table: Table, new: list[Staged]) -> Mapping[int, str]:
        """By record: the number it brings along, if that is free, or the next one."""
        if not new:
            return {}
        if table is Table.STUDENTS:
            return {id(staged): staged.facts["suid"] for staged in new}
        column = CourseRow.id if table is Table.COURSES else SectionRow.class_id
        used = set(self.work.session.scalars(select(column)))
        wanted = Counter(staged.facts.get("class_id") for staged in new)
        highest = max([number for number in wanted if number is not None], default=0)
        numbers = itertools.count(max(next_number(self.work.session, column), highest + 1))
        keys: dict[int, str] = {}
        for staged in new:
            number = staged.facts.get("class_id")
            if number is None or number in used:
                number = next(numbers)
            used.add(number)
            keys[id(staged)] = str(number)
        return keys

    def _cancel(self, diff: Diff) -> None:
        records = records_of(Table.SECTIONS, self.work.session)
        for piece in batches(diff.cancelled, _BATCH):
            states = [
                State(s.table, s.key, s.version + 1, {**s.facts, "cancelled": True})
                for s in records.load(piece)
            ]
            records.update(states)
            was, now = {"cancelled": False}, {"cancelled": True}
            self._note(("import", Table.SECTIONS, s.key, was, now) for s in states)

    def _note(self, changes: Iterable[_Noted]) -> None:
        for piece in batches(changes, _BATCH):
            self.work.audit.note_many(piece, self.actor, self.import_id)

    def _promote(self) -> int:
        waiting: set[Any] = set(
            self.work.session.scalars(
                select(EnrollmentRow.class_id).where(EnrollmentRow.status == "waitlisted")
            )
        )
        lectures = {self.work.catalogue.listed(c).parent or c for c in self.freed} & waiting
        return sum(promote(self.work, self.today, self.actor, c) for c in sorted(lectures))
