"""The sample catalogue as those see it who make goals up: read once, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.model.courses import Course, Section
from knowledge.model.schedule import clash
from knowledge.model.terms import AcademicCalendar, Term
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)  # the day on which the sample students talk
_FEWEST_LETTERS = 7  # of the opening of a title: less would fit half the catalogue
_MOST_SHARING = 5  # courses: among more nobody is asked to choose
_LOOSE_ENDS = frozenset("of to the and in for with from a an".split())


@dataclass(frozen=True)
class Catalogue:
    """Courses by home code, lectures by course number, discussions and labs by lecture."""

    courses: Mapping[str, Course]
    lectures: Mapping[int, tuple[Section, ...]]
    labs: Mapping[int, tuple[Section, ...]]
    departments: Mapping[str, str]
    calendar: AcademicCalendar
    today: date = TODAY

    @classmethod
    def read(cls, units: UnitOfWork, today: date = TODAY) -> Catalogue:
        """What a prepared database holds (`knowledge.sample.load.prepare`)."""
        with units.read() as work:
            courses = {str(course.code): course for course in work.catalogue.courses()}
            sections = [s for s in work.catalogue.sections() if not s.cancelled]
            departments = {item.code: item.name for item in work.catalogue.departments()}
            calendar = work.catalogue.calendar()
        lectures: dict[int, list[Section]] = {}
        labs: dict[int, list[Section]] = {}
        for section in sections:
            if section.parent is None:
                lectures.setdefault(section.course_id, []).append(section)
            else:
                labs.setdefault(section.parent, []).append(section)
        return cls(
            dict(sorted(courses.items())),
            {number: tuple(held) for number, held in lectures.items()},
            {number: tuple(held) for number, held in labs.items()},
            departments,
            calendar,
            today,
        )

    @cached_property
    def open_terms(self) -> tuple[Term, ...]:
        """The terms one can enroll in today."""
        return tuple(d.term for d in self.calendar.terms if d.is_open(self.today))

    @cached_property
    def by_title(self) -> Mapping[str, tuple[Course, ...]]:
        """The courses of each title in small letters."""
        found: dict[str, list[Course]] = {}
        for course in self.courses.values():
            found.setdefault(course.title.lower(), []).append(course)
        return {title: tuple(courses) for title, courses in found.items()}

    @cached_property
    def openings(self) -> Mapping[str, tuple[str, ...]]:
        """By code: the first words of its title that a few other titles hold as well."""
        titles = {code: course.title for code, course in self.courses.items()}
        folded = [title.lower() for title in titles.values()]

        def shared(part: str) -> bool:
            few = 2 <= sum(part.lower() in title for title in folded) <= _MOST_SHARING
            return few and part.lower() not in self.by_title

        return {code: tuple(filter(shared, _openings(title))) for code, title in titles.items()}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code, cross-listings included."""
        return frozenset(str(code) for course in self.courses.values() for code in course.codes)

    def home(self, code: str) -> str:
        """The home code of a code, or the code itself when nothing is known of it."""
        return self._homes.get(code, code)

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        return {str(c): home for home, course in self.courses.items() for c in course.codes}

    @cached_property
    def by_number(self) -> Mapping[int, tuple[Course, Section]]:
        """Every lecture with its course, by class number."""
        return {
            section.class_id: (course, section)
            for course in self.courses.values()
            for section in self.lectures.get(course.course_id, ())
        }

    def offered(self, course: Course, term: Term) -> tuple[Section, ...]:
        """The lectures of a course in a term."""
        return tuple(s for s in self.lectures.get(course.course_id, ()) if s.term == term)

    def roomy(self, course: Course, term: Term) -> tuple[Section, ...]:
        """The lectures that anybody may take, with several seats left."""
        return tuple(s for s in self.offered(course, term) if _roomy(s))

    def linked(self, section: Section) -> tuple[Section, ...]:
        """The discussions or labs of which one goes with this lecture."""
        return self.labs.get(section.class_id, ())

    def terms_of(self, course: Course) -> tuple[Term, ...]:
        """The open terms in which a course has room."""
        return tuple(term for term in self.open_terms if self.roomy(course, term))


def free_of(section: Section, held: tuple[Section, ...]) -> bool:
    """Whether a section meets at no hour of those held in its term."""
    return not any(
        clash(section.meetings, other.meetings) for other in held if other.term == section.term
    )


def _roomy(section: Section) -> bool:
    return section.seats_left >= 3 and not section.reserved and not section.add_consent


def _openings(title: str) -> list[str]:
    """The first two to four words of a title, where they don't break off at "of" or "to"."""
    words = title.split()
    parts = [" ".join(words[:count]).rstrip(":,") for count in range(2, min(5, len(words)))]
    return [
        part
        for part in parts
        if len(part) >= _FEWEST_LETTERS and part.split()[-1].lower() not in _LOOSE_ENDS
    ]
