"""What the graph reads of a catalogue: a part of the search's snapshot, and all it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from knowledge.model.courses import Course, Department, Section
from knowledge.model.terms import AcademicCalendar


class Catalogue(Protocol):
    """One version of the catalogue; `knowledge.catalogue.index.Snapshot` is one."""

    @property
    def version(self) -> int:
        """A number that changes with the catalogue."""

    @property
    def calendar(self) -> AcademicCalendar:
        """All known terms."""

    @property
    def departments(self) -> tuple[Department, ...]:
        """All departments."""

    @property
    def courses(self) -> Mapping[int, Course]:
        """Courses by id."""

    @property
    def by_code(self) -> Mapping[str, Course]:
        """Courses by each of their codes."""

    @property
    def sections(self) -> Mapping[int, tuple[Section, ...]]:
        """Sections by their course's id."""
