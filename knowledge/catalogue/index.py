"""The catalogue in memory, kept up with the database: what changed is read anew, and only that."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.snapshot import Snapshot
from knowledge.model.courses import Section
from knowledge.storage.audit import CatalogueChange
from knowledge.storage.bulk import BulkReader
from knowledge.storage.unit_of_work import UnitOfWork, Work

__all__ = ["CatalogueIndex", "Snapshot"]
_MOST_CHANGES = 2_000  # with more, reading everything costs less than reading what changed
_OVERLAP = 256  # log entries: one with a lower number may be committed after one with a higher
_PATIENCE_SECONDS = 0.5


class CatalogueIndex:
    """Hands out the current snapshot; safe to share between threads."""

    def __init__(self, units: UnitOfWork, meanings: Meanings | None = None) -> None:
        self.meanings = meanings
        self._units = units
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._since = 0
        self._applied: frozenset[int] = frozenset()

    def warm_up(self) -> None:
        """Build the first snapshot in a thread, so that the first question need not wait for it."""
        threading.Thread(target=self.current, name="catalogue", daemon=True).start()

    def current(self) -> Snapshot:
        """The snapshot of the newest catalogue version.

        While a long rebuild is under way, the one before: nobody waits for an import.
        """
        before = self._snapshot
        if before is not None:
            with self._units.read() as work:
                if work.audit.catalogue_count(self._since) == len(self._applied):
                    return before
        if not self._lock.acquire(timeout=-1 if before is None else _PATIENCE_SECONDS):
            assert before is not None
            return before
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _refreshed(self) -> Snapshot:
        with self._units.read() as work:
            newest = work.audit.newest()
            if self._snapshot is None:
                self._since = newest - _OVERLAP
            listed = work.audit.catalogue_changes(self._since)
            new = [change for change in listed if change.number not in self._applied]
            if self._snapshot is None or new:  # another thread may have read them meanwhile
                self._snapshot = self._next(work, new)
            self._since, known = max(self._since, newest - _OVERLAP), self._applied
            numbers = known | {change.number for change in listed}
            self._applied = frozenset(n for n in numbers if n > self._since)
            return self._snapshot

    def _next(self, work: Work, changes: list[CatalogueChange]) -> Snapshot:
        version = work.audit.catalogue_version()
        calendar = work.catalogue.calendar()
        departments = tuple(work.catalogue.departments())
        reader, before = BulkReader(work.session), self._snapshot
        touched = None if before is None else _touched(before, reader, changes)
        if before is None or touched is None or before.is_worn:
            before, touched = Snapshot.empty(), None
        wanted = None if touched is None else sorted(touched)
        with _uncollected():
            courses, sections = reader.courses(wanted), reader.sections(wanted)
            return before.followed(
                version, calendar, departments, touched or set(), courses, sections, self.meanings
            )

    def with_seats(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """The same sections with capacity and seats as they stand this moment."""
        if not sections:
            return ()
        with self._units.read() as work:
            enrolled, waitlisted = work.catalogue.seat_counts([s.class_id for s in sections])
        return tuple(
            replace(s, enrolled=enrolled[s.class_id], waitlisted=waitlisted[s.class_id])
            for s in sections
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """While half a million values are made that all stay, looking for garbage takes a third."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _touched(
    before: Snapshot, reader: BulkReader, changes: Iterable[CatalogueChange]
) -> set[int] | None:
    """The courses that changed, or None when everything has to be read again."""
    listed = list(changes)
    if len(listed) > _MOST_CHANGES:
        return None
    courses: set[int] = set()
    classes: set[int] = set()
    for change in listed:
        if change.act == "seed" or change.table == "terms":
            return None
        if change.key.isdigit():
            (courses if change.table == "courses" else classes).add(int(change.key))
        elif change.table == "courses" and change.key in before.by_code:
            courses.add(before.by_code[change.key].course_id)
        else:
            return None
    return courses | before.courses_of(classes) | reader.course_ids(classes)
