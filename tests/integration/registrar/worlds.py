"""A tiny generated university on a database of each example's own, and direct looks into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from postgres_server import PostgresServer
from sqlalchemy import select

from knowledge.bench.world import World
from knowledge.storage.orm import EnrollmentRow, SectionRow
from knowledge.storage.unit_of_work import UnitOfWork

TINY = World(courses=12, students=7, capacity=4, waitlist=2)
_ENROLLED, _SECTIONS = EnrollmentRow.__table__, SectionRow.__table__


@dataclass(frozen=True)
class Worlds:
    """Gives out copies of one filled database."""

    kind: str
    source: str  # a SQLite file, or a PostgreSQL template's name
    server: PostgresServer | None = None

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The URL of a new copy."""
        if self.server is not None:
            with self.server.database(self.source) as url:
                yield url
            return
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.source, folder / "world.db")
        yield f"sqlite:///{folder / 'world.db'}"
        shutil.rmtree(folder)


@dataclass(frozen=True)
class Look:
    """The tables as they are: (student, class id) to status and lab, waitlists in order, seats."""

    held: dict[tuple[str, int], tuple[str, int | None]]
    lines: dict[int, list[str]]
    capacity: dict[int, int]

    @classmethod
    def at(cls, units: UnitOfWork) -> Look:
        """Read with plain statements, not with what is tested."""
        with units.engine.connect() as connection:
            rows = connection.execute(select(_ENROLLED).order_by(_ENROLLED.c.sequence)).all()
            seats = connection.execute(select(_SECTIONS.c.class_id, _SECTIONS.c.capacity)).all()
        lines: dict[int, list[str]] = {}
        for row in rows:
            if row.status == "waitlisted":
                lines.setdefault(row.class_id, []).append(row.suid)
        held = {(row.suid, row.class_id): (row.status, row.linked_class_id) for row in rows}
        return cls(held, lines, {row.class_id: row.capacity for row in seats})

    def seated(self, class_id: int) -> int:
        """Seats taken in a lecture or lab."""
        return sum(
            status == "enrolled" and class_id in (lecture, lab)
            for (_, lecture), (status, lab) in self.held.items()
        )

    def of(self, suid: str) -> list[int]:
        """What a student has or waits for."""
        return [class_id for who, class_id in self.held if who == suid]
