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
        self._newest = 0
        self._applied: frozenset[int] = frozenset()

    def warm_up(self) -> None:
        """Build the first snapshot in a thread, so that the first question need not wait for it."""
        threading.Thread(target=self.current, name="catalogue", daemon=True).start()

    def current(self) -> Snapshot:
        """The snapshot of the newest catalogue version.

        While a long rebuild is under way, the one before: nobody waits for an import.
        """
        with self._units.read() as work:
            newest, changes = self._changes(work)
            if self._snapshot is not None and not changes:
                self._newest = newest
                return self._snapshot
        before = self._snapshot
        if not self._lock.acquire(timeout=-1 if before is None else _PATIENCE_SECONDS):
            assert before is not None
            return before
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _refreshed(self) -> Snapshot:
        with self._units.read() as work:
            newest, changes = self._changes(work)  # another thread may have read them meanwhile
            if self._snapshot is None or changes:
                self._snapshot = self._next(work, changes)
                numbers = self._applied | {change.number for change in changes}
                self._applied = frozenset(n for n in numbers if n > newest - 2 * _OVERLAP)
            self._newest = newest
            return self._snapshot

    def _changes(self, work: Work) -> tuple[int, list[CatalogueChange]]:
        """The newest entry of the log, and the catalogue's changes that are not yet in."""
        newest = work.audit.newest()
        since = (newest if self._snapshot is None else self._newest) - _OVERLAP
        found = work.audit.catalogue_changes(since)
        return newest, [change for change in found if change.number not in self._applied]

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
