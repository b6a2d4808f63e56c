"""What can be asked of the catalogue, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model.courses import Course, Grading, Level, Section
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

Window = tuple[int | None, int | None]


@dataclass(frozen=True)
class CourseQuery:
    """Filters that all must hold, and words that rank; of instructors and windows one is enough.

    A window is the earliest begin and the latest end of meetings, in minutes after midnight.
    """

    text: str = ""
    words_needed: float = 0.5  # the share of the text's words that a course must hold
    codes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_subjects: tuple[str, ...] = ()
    level: Level | None = None
    numbers: tuple[int, int] | None = None
    quarters: tuple[Quarter, ...] = ()
    year: int | None = None
    academic_start: int | None = None
    days: frozenset[Day] = frozenset()
    not_days: frozenset[Day] = frozenset()
    windows: tuple[Window, ...] = ()
    units: tuple[int, int] | None = None
    requirements: tuple[str, ...] = ()
    grading: Grading | None = None
    instructors: tuple[str, ...] = ()
    no_prerequisites: bool = False
    limit: int = 10
    offset: int = 0

    @property
    def asks_sections(self) -> bool:
        """Whether a course must have a matching section to be found."""
        return bool(
            self.quarters
            or self.year is not None
            or self.academic_start is not None
            or self.days
            or self.not_days
            or self.windows
            or self.instructors
        )


@dataclass(frozen=True)
class CourseHit:
    """A course that matches, with its matching sections, best first by `score`."""

    course: Course
    sections: tuple[Section, ...]
    score: float


@dataclass(frozen=True)
class CoursePage:
    """One page of hits and how many there are in all."""

    hits: tuple[CourseHit, ...]
    total: int
