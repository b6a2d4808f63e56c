"""What can be asked of the catalogue, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model.courses import Course, Grading, Level, Section
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

Window = tuple[int | None, int | None]
Avoided = tuple[frozenset[Day], Window]


@dataclass(frozen=True)
class CourseQuery:
    """Filters that all must hold, and words that rank; of instructors and windows one is enough.

    A window is the earliest begin and the latest end of meetings, in minutes after midnight. What
    is avoided are hours of some days: no meeting may reach into them, on other days it may.
    """

    text: str = ""
    about: str = ""  # the text in more of its context, compared by meaning alone
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
    avoided: tuple[Avoided, ...] = ()
    units: tuple[int, int] | None = None
    requirements: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()  # topics as the catalogue names them; one is enough
    not_tagged: tuple[str, ...] = ()
    grading: Grading | None = None
    instructors: tuple[str, ...] = ()
    no_prerequisites: bool = False
    easy: bool = False  # a wish, no filter: fewer units and nothing required come first
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
            or self.avoided
            or self.instructors
        )


@dataclass(frozen=True)
class Reason:
    """Why a text found a course: its words that the course holds, and nearness of meaning (-1 to
    1, None when not compared).
    """

    words: tuple[str, ...] = ()
    meaning: float | None = None


@dataclass(frozen=True)
class CourseHit:
    """A course that matches, with its matching sections, best first by `score`."""

    course: Course
    sections: tuple[Section, ...]
    score: float
    reason: Reason = Reason()


@dataclass(frozen=True)
class Relaxation:
    """What stands in the way: fields of the query, and how many courses are found without them."""

    conditions: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class CoursePage:
    """One page of hits and how many there are in all; of an empty one, what would open it.

    `read_as` is the text with its slips mended, when that is another one.
    """

    hits: tuple[CourseHit, ...]
    total: int
    relaxations: tuple[Relaxation, ...] = ()
    read_as: str | None = None
