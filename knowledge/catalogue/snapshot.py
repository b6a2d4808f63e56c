"""One version of the catalogue with everything that searches need; never changed, only followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.catalogue.columns import Columns
from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.names import NameIndex
from knowledge.catalogue.near_codes import CodeIndex
from knowledge.catalogue.near_titles import TitleIndex
from knowledge.catalogue.ranking import WordIndex
from knowledge.catalogue.spelling import Speller
from knowledge.model.courses import Course, Department, Section
from knowledge.model.terms import AcademicCalendar

_WORN = 0.25  # the share of dead slots from which tables are made anew
_SMALL = 1_000


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
    columns: Columns
    slots: dict[int, int]  # a course's place in tables, words and vectors
    vectors: NDArray[np.int32] | None  # rows of the meanings by slot

    @classmethod
    def empty(cls) -> Snapshot:
        """A catalogue without courses."""
        calendar = AcademicCalendar(())
        return cls(0, calendar, (), {}, {}, {}, WordIndex(), Columns.empty(), {}, None)

    def followed(
        self,
        version: int,
        calendar: AcademicCalendar,
        departments: tuple[Department, ...],
        gone: set[int],
        courses: Sequence[Course],
        sections: Iterable[Section],
        meanings: Meanings | None,
    ) -> Snapshot:
        """The next version: without the courses `gone`, with these in their place."""
        grouped: dict[int, list[Section]] = defaultdict(list)
        for section in sections:
            grouped[section.course_id].append(section)
        start = len(self.columns.courses)
        kept = {key: course for key, course in self.courses.items() if key not in gone}
        all_courses = {**kept, **{course.course_id: course for course in courses}}
        slots = {key: slot for key, slot in self.slots.items() if key not in gone}
        slots |= {course.course_id: start + place for place, course in enumerate(courses)}
        held = {course.course_id: tuple(grouped[course.course_id]) for course in courses}
        dead = [self.slots[key] for key in gone if key in self.slots]
        following = Snapshot(
            version,
            calendar,
            departments,
            all_courses,
            self._by_code(gone, courses),
            {**{key: self.sections[key] for key in kept}, **held},
            self.index.extended(courses),
            self.columns.changed(dead, courses, held),
            slots,
            self._vectors(courses, meanings),
        )
        following.__dict__.update(self._still_true(following))
        return following

    def _by_code(self, gone: set[int], courses: Sequence[Course]) -> dict[str, Course]:
        known = dict(self.by_code)
        for course_id in gone & self.courses.keys():
            for code in self.courses[course_id].codes:
                known.pop(str(code), None)
        return known | {str(code): course for course in courses for code in course.codes}

    def _still_true(self, following: Snapshot) -> dict[str, object]:
        """What was derived from this version and holds of the next one too, or nearly."""
        kept: dict[str, object] = {}
        made = self.__dict__
        if "names" in made and len(following.columns.instructors) == len(self.columns.instructors):
            kept["names"] = self.names
        if "speller" in made:
            kept["speller"] = self.speller.extended(following.index.seen)
        if following.courses == self.courses:
            kept |= {name: made[name] for name in ("titles", "codes") if name in made}
        return kept

    def _vectors(
        self, courses: Sequence[Course], meanings: Meanings | None
    ) -> NDArray[np.int32] | None:
        if meanings is None:
            return None
        rows = meanings.rows(meaning_text(course) for course in courses)
        return rows if self.vectors is None else np.concatenate([self.vectors, rows])

    @property
    def is_worn(self) -> bool:
        """Whether so many courses have changed that the tables should be made anew."""
        slots = len(self.columns.courses)
        return slots > _SMALL and len(self.courses) < (1 - _WORN) * slots

    def courses_of(self, class_ids: set[int]) -> set[int]:
        """The courses that these sections belong to in this version."""
        if not class_ids:
            return set()
        table = self.columns.sections
        slots = table["slot"][np.isin(table["class_id"], list(class_ids))]
        current = slots[self.columns.alive[slots]]
        return set(self.columns.courses["course_id"][current].tolist())

    def course_at(self, slot: int) -> Course:
        """The course of a slot."""
        return self.courses[int(self.columns.courses["course_id"][slot])]

    @cached_property
    def names(self) -> NameIndex:
        """Instructors by name."""
        return NameIndex.of(self.columns.instructors)

    @cached_property
    def speller(self) -> Speller:
        """The vocabulary that mends slips."""
        return Speller.of(self.index.seen)

    @cached_property
    def titles(self) -> TitleIndex:
        """Titles by likeness."""
        return TitleIndex.of(self.courses.values())

    @cached_property
    def codes(self) -> CodeIndex:
        """Codes by likeness."""
        return CodeIndex.of(self.courses.values())


def meaning_text(course: Course) -> str:
    """What is embedded of a course."""
    return f"{course.title}. {', '.join(course.topics)}. {course.description}"
