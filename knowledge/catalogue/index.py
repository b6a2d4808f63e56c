"""The catalogue in memory, kept up with the database: what changed is read anew, and only that."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.snapshot import Snapshot
from knowledge.model.courses import Section
from knowledge.storage.bulk import BulkReader
from knowledge.storage.unit_of_work import UnitOfWork, Work

__all__ = ["CatalogueIndex", "Snapshot"]
_MOST_CHANGES = 2_000  # with more, reading everything costs less than reading what changed
_PATIENCE_SECONDS = 0.5


class CatalogueIndex:
    """Hands out the current snapshot; safe to share between threads."""

    def __init__(self, units: UnitOfWork, meanings: Meanings | None = None) -> None:
        self.meanings = meanings
        self._units = units
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

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
                if work.audit.catalogue_version() == before.version:
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
            version = work.audit.catalogue_version()  # read before the rows, so never too new
            if self._snapshot is None or self._snapshot.version != version:
                self._snapshot = self._next(work, version)  # no other thread did it meanwhile
            return self._snapshot

    def _next(self, work: Work, version: int) -> Snapshot:
        reader, before = BulkReader(work.session), self._snapshot
        if before is not None and not before.is_worn:
            changes = work.audit.catalogue_changes(before.version)
            if (touched := _touched(before, reader, changes)) is not None:
                return self._followed(work, version, before, touched)
        with _uncollected():
            return self._followed(work, version, Snapshot.empty(), None)

    def _followed(
        self, work: Work, version: int, before: Snapshot, touched: set[int] | None
    ) -> Snapshot:
        reader = BulkReader(work.session)
        wanted = None if touched is None else sorted(touched)
        return before.followed(
            version,
            work.catalogue.calendar(),
            tuple(work.catalogue.departments()),
            touched or set(),
            reader.courses(wanted),
            reader.sections(wanted),
            self.meanings,
        )

    def enrolled(self) -> dict[int, int]:
        """Enrolled students by course id, over all terms, as of this moment."""
        with self._units.read() as work:
            return work.catalogue.seats.by_course()

    def with_seats(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """The same sections with capacity and seats as they stand this moment."""
        if not sections:
            return ()
        with self._units.read() as work:
            return tuple(work.catalogue.counted(sections))


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
    before: Snapshot, reader: BulkReader, changes: list[tuple[str, str]]
) -> set[int] | None:
    """The courses that changed, or None when everything has to be read again."""
    if len(changes) > _MOST_CHANGES:
        return None
    courses: set[int] = set()
    classes: set[int] = set()
    for table, key in changes:
        if table == "departments":
            continue  # read again in any case
        if table == "courses" and key in before.by_code:
            courses.add(before.by_code[key].course_id)
        elif table in ("courses", "sections") and key.isdigit():
            (courses if table == "courses" else classes).add(int(key))
        else:
            return None
    courses |= before.courses_of(classes) | reader.course_ids(classes)
    unknown = courses - before.courses.keys()
    # A key that names no course, as that of a whole catalogue put in at once, may mean anything.
    return None if unknown - reader.existing(unknown) else courses
