"""A file's records on their way into the database: judged one by one, kept as compact text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from knowledge.admin.facts import Facts, Table, canonical
from knowledge.admin.known import Known
from knowledge.admin.previews import Fault
from knowledge.admin.records.keys import NaturalKey, term_named

SHOWN = 200
_SHOWN_VALUE = 80
Label = str | NaturalKey
K = TypeVar("K", str, NaturalKey)


@dataclass(slots=True)
class Staged:
    """One record: its facts as JSON, where it stood, and the key of the record it is, if any."""

    written: str
    file: str
    row: int
    key: str | None = None

    @property
    def facts(self) -> Facts:
        """The facts that the file tells."""
        found: Facts = json.loads(self.written)
        return found


@dataclass
class Notes:
    """Faults or warnings: all are counted, the first are kept."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, fault: Fault, *, first: bool = False) -> None:
        """One more, above all others if it is the one that ended the reading."""
        self.count += 1
        if first:
            self.kept.insert(0, fault)
            del self.kept[SHOWN:]
        elif len(self.kept) < SHOWN:
            self.kept.append(fault)


@dataclass
class Stage:
    """All records of a file by natural key, with the faults and warnings found so far."""

    known: Known
    courses: dict[str, Staged] = field(default_factory=dict)
    sections: dict[NaturalKey, Staged] = field(default_factory=dict)
    students: dict[str, Staged] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    faults: Notes = field(default_factory=Notes)
    warnings: Notes = field(default_factory=Notes)

    def fault(self, file: str, row: int, column: str, problem: str, value: object = "") -> None:
        """Refuse the file for this cell, and go on to find what else is wrong."""
        self.faults.add(Fault(file, row, column, problem, str(value)[:_SHOWN_VALUE]))

    def warn(self, file: str, row: int, column: str, problem: str, value: object = "") -> None:
        """Say what is odd but no reason to refuse."""
        self.warnings.add(Fault(file, row, column, problem, str(value)[:_SHOWN_VALUE]))

    def add(self, table: Table, facts: Facts, file: str, row: int) -> None:
        """Take one record, unless its key has come before."""
        if table is Table.COURSES:
            self._course(facts, Staged(canonical(facts), file, row))
        elif table is Table.SECTIONS:
            self._section(facts, Staged(canonical(facts), file, row))
        else:
            key = facts["suid"] if facts["suid"] in self.known.students else None
            staged = Staged(canonical(facts), file, row, key)
            self._keep(self.students, facts["suid"], staged, "suid")

    def _course(self, facts: Facts, staged: Staged) -> None:
        code = facts["code"]
        owner = self.known.owners.get(code)
        if owner is not None and not owner[1]:
            self.fault(staged.file, staged.row, "code", "listed-under", self.known.home(code))
            return
        staged.key = str(owner[0]) if owner else None
        for each in [code, *facts.get("cross_listings", [])]:
            first = self.codes.setdefault(each, code)
            if first != code:
                self.fault(staged.file, staged.row, "cross_listings", "code-taken", each)
        self._keep(self.courses, code, staged, "code")

    def _section(self, facts: Facts, staged: Staged) -> None:
        key = (term_named(facts["term"]).term_id, facts["code"], facts["number"])
        present = self.known.sections.get(key)
        staged.key = None if present is None else str(present)
        self._keep(self.sections, key, staged, "number")

    def _keep(self, kept: dict[K, Staged], key: K, staged: Staged, column: str) -> None:
        first = kept.setdefault(key, staged)
        if first is not staged:
            value = f"as in row {first.row}"
            self.fault(staged.file, staged.row, column, "duplicate-key", value)

    def tables(self) -> Iterator[tuple[Table, Iterable[tuple[Label, Staged]]]]:
        """The tables that the file has records of, with them."""
        if self.courses:
            yield Table.COURSES, self.courses.items()
        if self.sections:
            yield Table.SECTIONS, self.sections.items()
        if self.students:
            yield Table.STUDENTS, self.students.items()
