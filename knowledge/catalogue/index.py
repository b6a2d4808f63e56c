"""The catalogue in memory: courses, sections and words, rebuilt when the database has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from knowledge.catalogue.ranking import WordIndex
from knowledge.model.courses import Course, Department, Section
from knowledge.model.terms import AcademicCalendar
from knowledge.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Snapshot:
    """Everything searches need, as of one version of the database; seat counts are not in it."""

    version: int
    calendar: AcademicCalendar
    departments: tuple[Department, ...]
    courses: dict[int, Course]
    by_code: dict[str, Course]
    sections: dict[int, tuple[Section, ...]]
    index: WordIndex


class CatalogueIndex:
    """Hands out the current snapshot; safe to share between threads."""

    def __init__(self, units: UnitOfWork) -> None:
        self._units = units
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """The snapshot of the newest catalogue version."""
        with self._units.read() as work:
            version = work.audit.catalogue_version()
        snapshot = self._snapshot
        if snapshot is None or snapshot.version != version:
            with self._lock:
                snapshot = self._snapshot  # another thread may have built it meanwhile
                if snapshot is None or snapshot.version < version:
                    snapshot = self._snapshot = self._build(version)
        return snapshot

    def _build(self, version: int) -> Snapshot:
        with self._units.read() as work:
            courses = {course.course_id: course for course in work.catalogue.courses()}
            sections: dict[int, list[Section]] = {course_id: [] for course_id in courses}
            for section in work.catalogue.sections():
                sections[section.course_id].append(section)
            return Snapshot(
                version,
                work.catalogue.calendar(),
                tuple(work.catalogue.departments()),
                courses,
                {str(code): course for course in courses.values() for code in course.codes},
                {course_id: tuple(found) for course_id, found in sections.items()},
                WordIndex.of(courses.values()),
            )

    def with_seats(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """The same sections with capacity and seats as they stand this moment."""
        if not sections:
            return ()
        with self._units.read() as work:
            return tuple(work.catalogue.counted(sections))
