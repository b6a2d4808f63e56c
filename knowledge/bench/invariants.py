"""What must hold in every committed state of a database whose enrollments all began in its log."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from knowledge.bench.replay import Offering, Replay
from knowledge.storage import orm
from knowledge.storage.unit_of_work import UnitOfWork

_ENROLLMENTS, _SECTIONS = orm.EnrollmentRow.__table__, orm.SectionRow.__table__
_COURSES, _AUDIT = orm.CourseRow.__table__, orm.AuditRow.__table__
_MEETINGS, _STUDENTS = orm.MeetingRow.__table__, orm.StudentRow.__table__
_PETITIONS, _ANSWERS = orm.PetitionRow.__table__, orm.AnswerRow.__table__


def violations(units: UnitOfWork) -> list[str]:
    """Everything that is wrong in one consistent view; empty when nothing is."""
    engine = units.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        query = select(_ENROLLMENTS).order_by(_ENROLLMENTS.c.sequence)
        rows: list[Any] = list(connection.execute(query))
        replay = _replayed(connection)
        return [
            *replay.violations,
            *_differences(replay, rows),
            *_too_many_units(connection, rows),
            *_clashes(connection, rows),
            *_unanswered(connection),
        ]


def _replayed(connection: Connection) -> Replay:
    log = connection.execute(select(_AUDIT).order_by(_AUDIT.c.id)).all()
    offerings = _offerings(connection)
    capacity = {number: offering.capacity for number, offering in offerings.items()}
    for row in reversed(log):  # back to where it began
        if row.act == "set-capacity":
            capacity[int(row.key)] = row.before["capacity"]
    replay = Replay(offerings, capacity)
    for row in log:
        replay.step(row)
    return replay


def _offerings(connection: Connection) -> dict[int, Offering]:
    query = select(_SECTIONS, _COURSES.c.repeatable).join(
        _COURSES, _COURSES.c.id == _SECTIONS.c.course_id
    )
    rows = connection.execute(query).all()
    lectures = {row.parent for row in rows}
    return {
        row.class_id: Offering(
            row.class_id,
            row.course_id,
            row.term_id,
            row.capacity,
            row.waitlist_capacity,
            row.repeatable,
            not row.reserved and row.class_id not in lectures,
        )
        for row in rows
    }


def _differences(replay: Replay, rows: list[Any]) -> Iterator[str]:
    """The log's end and the tables must be the same, waitlists in their order included."""
    names = ("status", "units", "grading", "linked_class_id")
    table = {(r.suid, r.class_id): tuple(getattr(r, name) for name in names) for r in rows}
    log = {key: tuple(held.get(name) for name in names) for key, held in replay.held.items()}
    for key in sorted(table.keys() | log.keys()):
        if table.get(key) != log.get(key):
            yield f"{key}: the log tells {log.get(key)}, the table {table.get(key)}"
    lines: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.status == "waitlisted":
            lines[row.class_id].append(row.suid)
    for class_id, line in replay.lines.items():
        if line != lines[class_id]:
            yield f"waitlist of {class_id}: the log tells {line}, the table {lines[class_id]}"


def _too_many_units(connection: Connection, rows: list[Any]) -> Iterator[str]:
    caps = {row.suid: row.max_units for row in connection.execute(select(_STUDENTS))}
    granted = {
        (row.suid, row.term_id): row.units
        for row in connection.execute(select(_PETITIONS).where(_PETITIONS.c.decision == "approved"))
    }
    carried: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows:
        carried[row.suid, row.term_id] += row.units
    for (suid, term_id), units in carried.items():
        most = max(caps[suid], granted.get((suid, term_id), 0))
        if units > most:
            yield f"{suid} carries {units} units in {term_id}, of {most}"


def _clashes(connection: Connection, rows: list[Any]) -> Iterator[str]:
    hours: dict[int, list[Any]] = defaultdict(list)
    for meeting in connection.execute(select(_MEETINGS)):
        hours[meeting.class_id].append(meeting)
    taken: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in rows:
        taken[row.suid, row.term_id] += hours[row.class_id] + hours[row.linked_class_id or 0]
    for (suid, _), meetings in taken.items():
        for one, other in itertools.combinations(meetings, 2):
            if set(one.days) & set(other.days) and one.start < other.end and other.start < one.end:
                yield f"{suid} is in {one.class_id} and {other.class_id} at the same time"


def _unanswered(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(_ANSWERS.c.key).where(_ANSWERS.c.status == 0)):
        yield f"key {row.key} was claimed, and never answered"
