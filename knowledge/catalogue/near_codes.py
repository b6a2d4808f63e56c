"""Codes laid out by subject and number, so that near ones are found without comparing each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course

_FAR = 100.0


@dataclass(frozen=True)
class CodeIndex:
    """Every code of every course: distinct subjects and numbers, and which of them a code has."""

    courses: tuple[Course, ...]
    subjects: list[str]
    numbers: list[str]
    places: NDArray[np.int32]  # [codes, 4]: course, subject, catalogue number, bare number

    @classmethod
    def of(cls, courses: Iterable[Course]) -> CodeIndex:
        """Index every code once, courses in the order of their home codes."""
        listed = tuple(sorted(courses, key=lambda course: course.code))
        subjects: dict[str, int] = {}
        numbers: dict[str, int] = {}
        places = [
            (
                place,
                subjects.setdefault(code.subject, len(subjects)),
                numbers.setdefault(code.catalogue_number, len(numbers)),
                code.number,
            )
            for place, course in enumerate(listed)
            for code in course.codes
        ]
        table = np.array(places, np.int32).reshape(-1, 4)
        return cls(listed, list(subjects), list(numbers), table)

    def numbered(self, number: str) -> list[Course]:
        """The courses of a catalogue number ("106A"), whatever their subject."""
        if number not in self.numbers:
            return []
        rows = self.places[:, 2] == self.numbers.index(number)
        return [self.courses[place] for place in dict.fromkeys(self.places[rows, 0].tolist())]

    def near(self, wanted: CourseCode, limit: int) -> list[Course]:
        """The nearest courses: the same subject and a near number first; none that is far."""
        if not self.courses:
            return []
        likeness = process.cdist([wanted.subject], self.subjects, scorer=fuzz.ratio)[0]
        subject = np.where(np.array(self.subjects) == wanted.subject, 0.0, 120.0 - likeness)
        digits = process.cdist([wanted.catalogue_number], self.numbers, scorer=fuzz.ratio)[0]
        gap = np.minimum(9.0, np.abs(self.places[:, 3] - wanted.number) / 50)
        distance = subject[self.places[:, 1]] + (100 - digits[self.places[:, 2]]) * 0.9 + gap
        best = np.full(len(self.courses), np.inf)
        np.minimum.at(best, self.places[:, 0], distance)
        order = np.argsort(best, kind="stable")[:limit]
        return [self.courses[place] for place in order if best[place] < _FAR]
