"""Terms with their windows by group as facts; dates are ISO texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.records.batches import delete_where, insert_all, referring, table_of
from knowledge.storage.orm import (
    EnrollmentRow,
    PetitionRow,
    SectionRow,
    TermRow,
    WindowRow,
)

_TABLE = table_of(TermRow)
_DAYS = ("starts", "ends", "enroll_opens", "enroll_closes", "drop_by", "withdraw_by")
DEFAULTS: Mapping[str, Any] = {"withdraw_by": None, "windows": []}


@dataclass(frozen=True)
class TermRecords:
    """The terms of one transaction: some dozens at most."""

    session: Session

    def load(self, keys: Collection[str] | None = None) -> Iterator[State]:
        """The terms of these ids, or all."""
        query = select(_TABLE).order_by(_TABLE.c.id)
        if keys is not None:
            query = query.where(_TABLE.c.id.in_([int(key) for key in keys]))
        for row in self.session.execute(query).all():
            facts: Facts = {"quarter": row.quarter, "year": row.year}
            facts |= {name: _written(getattr(row, name)) for name in _DAYS}
            facts["windows"] = self._windows(row.id)
            yield State(Table.TERMS, str(row.id), row.version, facts)

    def _windows(self, term_id: int) -> list[dict[str, str]]:
        row = WindowRow
        query = select(row.group, row.opens, row.closes).where(row.term_id == term_id)
        found = {
            group: {"group": group, "opens": opens.isoformat(), "closes": closes.isoformat()}
            for group, opens, closes in self.session.execute(query)
        }
        return [found[group] for group in sorted(found)]

    def insert(self, states: Sequence[State]) -> None:
        """Add terms with their windows."""
        rows = ({"id": int(state.key), **_columns(state)} for state in states)
        insert_all(self.session, TermRow, rows)
        insert_all(self.session, WindowRow, _window_rows(states))

    def update(self, states: Sequence[State]) -> None:
        """Replace terms with their windows."""
        for state in states:
            this = update(_TABLE).where(_TABLE.c.id == int(state.key))
            self.session.execute(this.values(_columns(state)))
        delete_where(self.session, WindowRow.term_id, [int(state.key) for state in states])
        insert_all(self.session, WindowRow, _window_rows(states))
        self.session.expire_all()

    def delete(self, keys: Sequence[str]) -> None:
        """Remove terms with their windows."""
        ids = [int(key) for key in keys]
        delete_where(self.session, WindowRow.term_id, ids)
        delete_where(self.session, TermRow.id, ids)
        self.session.expire_all()

    def references(self, keys: Sequence[str]) -> Mapping[str, list[str]]:
        """Sections, enrollments and petitions hold a term."""
        kinds = (
            ("sections", SectionRow.term_id),
            ("enrollments", EnrollmentRow.term_id),
            ("petitions", PetitionRow.term_id),
        )
        return referring(self.session, kinds, [int(key) for key in keys])


def complete(facts: Mapping[str, Any]) -> Facts:
    """A new term's facts with those that were not said."""
    return {**DEFAULTS, **facts}


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _columns(state: State) -> dict[str, Any]:
    facts = state.facts
    days = {name: date.fromisoformat(facts[name]) if facts[name] else None for name in _DAYS}
    named = {"quarter": facts["quarter"], "year": facts["year"]}
    return {**named, **days, "version": state.version}


def _window_rows(states: Sequence[State]) -> Iterator[dict[str, Any]]:
    for state in states:
        for window in state.facts["windows"]:
            yield {
                "term_id": int(state.key),
                "group": window["group"],
                "opens": date.fromisoformat(window["opens"]),
                "closes": date.fromisoformat(window["closes"]),
            }
