"""Students as facts; `sign_in` is kept, but is no admin's to change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.records.batches import batches, delete_where, insert_all, referring, table_of
from knowledge.storage.orm import (
    CompletionRow,
    EnrollmentRow,
    PetitionRow,
    StudentRow,
    WithdrawalRow,
)

_TABLE = table_of(StudentRow)
_PLAIN = ("name", "programme", "completed", "completed_all", "max_units", "holds", "groups")
_DAYS = ("window_opens", "window_closes")
DEFAULTS: Mapping[str, Any] = {
    "completed": [],
    "completed_all": False,
    "max_units": 20,
    "holds": [],
    "window_opens": None,
    "window_closes": None,
    "groups": [],
    "sign_in": False,
}


@dataclass(frozen=True)
class StudentRecords:
    """The students of one transaction."""

    session: Session

    def load(self, keys: Collection[str] | None = None) -> Iterator[State]:
        """The students of these numbers, or all."""
        wanted = self._suids() if keys is None else sorted(keys)
        for piece in batches(wanted):
            query = select(_TABLE).where(_TABLE.c.suid.in_(piece)).order_by(_TABLE.c.suid)
            for row in self.session.execute(query):
                facts = {name: getattr(row, name) for name in ("suid", *_PLAIN, "sign_in")}
                facts |= {name: _written(getattr(row, name)) for name in _DAYS}
                yield State(Table.STUDENTS, row.suid, row.version, facts)

    def _suids(self) -> list[str]:
        return list(self.session.scalars(select(StudentRow.suid).order_by(StudentRow.suid)))

    def insert(self, states: Sequence[State]) -> None:
        """Add students."""
        insert_all(self.session, StudentRow, ({"suid": s.key, **_columns(s)} for s in states))

    def update(self, states: Sequence[State]) -> None:
        """Replace students' records; what they take is not touched."""
        by_suid = update(_TABLE).where(_TABLE.c.suid == bindparam("this"))
        for piece in batches(states):
            rows = [{"this": s.key, **_columns(s)} for s in piece]
            self.session.connection().execute(by_suid, rows)
        self.session.expire_all()

    def delete(self, keys: Sequence[str]) -> None:
        """Remove students with the count of what they passed."""
        delete_where(self.session, CompletionRow.suid, keys)
        delete_where(self.session, StudentRow.suid, keys)
        self.session.expire_all()

    def references(self, keys: Sequence[str]) -> Mapping[str, list[str]]:
        """Whatever a student takes, took or asked for holds the record."""
        kinds = (
            ("enrollments", EnrollmentRow.suid),
            ("withdrawals", WithdrawalRow.suid),
            ("petitions", PetitionRow.suid),
        )
        return referring(self.session, kinds, keys)


def complete(facts: Mapping[str, Any]) -> Facts:
    """A new student's facts with those that were not said."""
    return {**DEFAULTS, **facts}


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _columns(state: State) -> dict[str, Any]:
    facts = state.facts
    days = {name: date.fromisoformat(facts[name]) if facts[name] else None for name in _DAYS}
    plain = {name: facts[name] for name in _PLAIN}
    return {**plain, **days, "sign_in": facts["sign_in"], "version": state.version}
