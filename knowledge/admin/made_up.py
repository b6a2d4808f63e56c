"""Large catalogues made up by a seed, as files, for measuring the import."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

from knowledge.admin.facts import Table
from knowledge.admin.records.registry import complete
from knowledge.admin.xml_facts import course_facts, section_facts
from knowledge.formats.csv_columns import COURSES, SECTIONS
from knowledge.formats.csv_writer import write_csv
from knowledge.formats.records import (
    AdministrativeInformation,
    CourseRecord,
    Instructor,
    Schedule,
    SectionRecord,
)
from knowledge.formats.xml_writer import iterate_xml
from knowledge.model.codes import CourseCode
from knowledge.model.schedule import Day
from knowledge.model.terms import Term

_SUBJECTS = [f"{a}{b}X" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ"]
_WORDS = (
    "structure method history system field language analysis design culture model theory "
    "practice data signal matter society ethics number form motion"
).split()
_FIRST_CLASS = 1_000_000


class MadeUp:
    """A catalogue of so many courses and sections in these terms, the same for the same seed."""

    def __init__(self, seed: int, courses: int, sections: int, terms: list[Term]) -> None:
        self._chance = random.Random(seed)
        self._terms = terms
        self.courses = [self._course(number) for number in range(courses)]
        self._count = sections

    def write(self, folder: Path) -> dict[str, Path]:
        """The two CSV files and the XML document."""
        paths = {name: folder / name for name in ("courses.csv", "sections.csv", "all.xml")}
        sections = [self._section(number) for number in range(self._count)]
        _save(
            paths["courses.csv"],
            write_csv(COURSES, (complete(Table.COURSES, course_facts(c)) for c in self.courses)),
        )
        _save(
            paths["sections.csv"],
            write_csv(SECTIONS, (complete(Table.SECTIONS, section_facts(s)) for s in sections)),
        )
        by_code: dict[CourseCode, list[SectionRecord]] = {}
        for section in sections:
            by_code.setdefault(section.code, []).append(section)
        whole = (replace(c, sections=tuple(by_code.get(c.code, ()))) for c in self.courses)
        _save(paths["all.xml"], iterate_xml(whole))
        return paths

    def _text(self, words: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=words))

    def _course(self, number: int) -> CourseRecord:
        code = CourseCode(_SUBJECTS[number % len(_SUBJECTS)], 1 + number // len(_SUBJECTS))
        return CourseRecord(
            academic_start=self._terms[0].academic_year_start,
            code=code,
            title=self._text(4).capitalize(),
            description=self._text(80).capitalize() + ".",
            gers=(),
            repeatable=False,
            grading="Letter or Credit/No Credit",
            units_min=3,
            units_max=5,
            administration=AdministrativeInformation(
                course_id=500_000 + number, academic_organization=code.subject, career="UG"
            ),
        )

    def _section(self, number: int) -> SectionRecord:
        course = self.courses[number % len(self.courses)]
        turn = number // len(self.courses)
        term = self._terms[turn % len(self._terms)]
        hour = self._chance.randrange(8, 18)
        days = frozenset({Day.MONDAY, Day.WEDNESDAY, Day.FRIDAY})
        starts, ends, room = time(hour), time(hour, 50), f"Hall {number % 90}"
        teacher = self._text(2).title()
        return SectionRecord(
            class_id=_FIRST_CLASS + number,
            term=term,
            code=course.code,
            course_id=course.course_id,
            units=(3, 5),
            number=f"{turn // len(self._terms) + 1:02d}",
            component="LEC",
            enrolled=0,
            capacity=self._chance.randrange(10, 300),
            waitlisted=0,
            waitlist_capacity=10,
            schedules=(Schedule(None, None, days, starts, ends, room, (_person(teacher),)),),
        )


def _person(name: str) -> Instructor:
    first, _, last = name.rpartition(" ")
    return Instructor(name=name, first=first, last=last)


def _save(path: Path, pieces: Iterator[bytes]) -> None:
    with path.open("wb") as out:
        for piece in pieces:
            out.write(piece)
