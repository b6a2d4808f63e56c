"""Writing changes of several tables in an order that no key or reference stands against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from knowledge.admin.facts import Facts, State, Table
from knowledge.admin.records.registry import records_of
from knowledge.registrar.waiting import Waitlists
from knowledge.storage.unit_of_work import Work

ORDER = (Table.TERMS, Table.STUDENTS, Table.COURSES, Table.SECTIONS)


@dataclass
class ChangeSet:
    """What happens to one table's records; states are whole and bear their new versions."""

    added: list[State] = field(default_factory=list)
    updated: list[State] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def write(session: Session, sets: Mapping[Table, ChangeSet]) -> None:
    """What leaves goes first, so that its codes are free; then courses before their sections."""
    for table in reversed(ORDER):
        if table in sets and sets[table].removed:
            records_of(table, session).delete(sets[table].removed)
    for table in ORDER:
        changes, records = sets.get(table, ChangeSet()), records_of(table, session)
        steps = [(records.update, changes.updated), (records.insert, changes.added)]
        # A changed section may belong to a new lecture; a new course may take over a code.
        for step, states in reversed(steps) if table is Table.SECTIONS else steps:
            if states:
                step(states)


def adds_seats(before: Facts, after: Facts) -> bool:
    """Whether someone who waits might now be seated."""
    raised = bool(after.get("capacity", 0) > before.get("capacity", after.get("capacity", 0)))
    return raised or "reserved" in after or after.get("cancelled") is False


def promote(work: Work, today: date, actor: str, class_id: int) -> int:
    """Fill free seats of a section, or of its lecture, from the waitlist; how many moved up."""
    lecture = work.catalogue.hold_family(class_id)
    return Waitlists(work, today, actor).promote(lecture)
