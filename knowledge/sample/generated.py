"""A catalogue of any size for measurements, the same for the same seed: no course in it is real.

Titles and descriptions combine the sample's topics with phrases and made-up names, so that words
are as uneven as in a real catalogue: a few in every course, most in very few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import insert

from knowledge.sample.courses import read
from knowledge.storage import orm
from knowledge.storage.unit_of_work import Work

_FIRST_COURSE, _FIRST_CLASS = 500_000, 5_000_000
_SYLLABLES = "ba cor del fen gal hir jon kel lum mar nor pol ros sil tav ul ven wor zan".split()
_FRAMES = (
    "{a}", "Introduction to {a}", "Advanced {a}", "{a} and {b}", "Topics in {a}", "{a}: {b}",
    "{a} for {b}", "Seminar on {a}", "Methods of {a}", "The {name} School of {a}",
    "{a} after {name}", "Theory and Practice of {a}", "Laboratory in {a}",
)  # fmt: skip
_SENTENCES = (
    "How {a} changed the way we think about {b}.", "Weekly problems on {a}, ending with {c}.",
    "From first principles to {c}, with cases taken from {b}.", "Readings of {name} on {a}.",
    "Students design a project in {a} and defend it.", "Why {b} needs {a}, and where it fails.",
    "The {name} debate, seen through {a} and {c}.", "Field work, measurements and {c}.",
)  # fmt: skip
_WAYS = ("WAY-SI", "WAY-FR", "WAY-A-II", "WAY-ER", "WAY-SMA", "WAY-AQR", "WAY-CE", "WAY-ED")
_PATTERNS = (("246", 50), ("24", 80), ("35", 80), ("2", 110), ("4", 110), ("6", 110))
_BUILDINGS = ("Alder", "Birch", "Cedar", "Dove", "Elm")


@dataclass(frozen=True)
class Size:
    """How much is generated."""

    courses: int = 15_000
    sections: int = 40_000
    subjects: int = 180
    instructors: int = 3_000
    terms: tuple[int, ...] = (1192, 1194, 1196, 1198)  # ids of terms that exist already


def generate(work: Work, seed: int, size: Size) -> None:
    """Insert the courses and sections beside those that there are, in one transaction."""
    chance = random.Random(seed)
    topics = sorted({topic for item in read() for topic in item.course.topics})
    subjects = [f"G{_code(number)}" for number in range(size.subjects)]
    departments = [{"code": code, "name": f"{_name(chance)} Studies", "school": "Generated"}
                   for code in subjects]  # fmt: skip
    _insert(work, orm.DepartmentRow, departments)
    courses = [_course(chance, number, topics) for number in range(size.courses)]
    _insert(work, orm.CourseRow, courses)
    codes = [_code_row(number, subjects) for number in range(size.courses)]
    _insert(work, orm.CourseCodeRow, codes)
    names = [f"{_name(chance)} {_name(chance)}" for _ in range(size.instructors)]
    sections = [_section(chance, number, size, names) for number in range(size.sections)]
    _insert(work, orm.SectionRow, sections)
    _insert(work, orm.MeetingRow, (row for s in sections for row in _meetings(chance, s)))
    work.audit.note("generator", "seed", "courses", str(seed), None, {"courses": size.courses})


def _insert(work: Work, table: type[orm.Base], rows: Any) -> None:
    work.session.execute(insert(table), list(rows))


def _code(number: int) -> str:
    return "".join(chr(65 + number // 26**place % 26) for place in (1, 0))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()


def _course(chance: random.Random, number: int, topics: list[str]) -> dict[str, Any]:
    some = [topics[int(len(topics) * chance.random() ** 1.5)] for _ in range(3)]
    words = {**dict(zip("abc", some, strict=True)), "name": _name(chance)}
    sentences = chance.sample(_SENTENCES, k=chance.choice((2, 3, 4)))
    units = chance.choice((1, 2, 3, 3, 3, 4, 4, 5))
    graduate = chance.random() < 0.4
    title = chance.choice(_FRAMES).format(**{k: v.title() for k, v in words.items()})
    return {
        "id": _FIRST_COURSE + number,
        "title": title,
        "description": " ".join(sentence.format(**words) for sentence in sentences),
        "units_min": units,
        "units_max": min(5, units + chance.choice((0, 0, 0, 1, 2))),
        "usual_units": units,
        "level": "graduate" if graduate else "undergraduate",
        "requirements": [] if graduate else chance.sample(_WAYS, k=chance.choice((0, 0, 1, 2))),
        "gradings": ["letter", "credit"],
        "topics": list(dict.fromkeys(some[: chance.choice((1, 2, 3))])),
        "sample_fields": ["description"],
        "repeatable": False,
        "prerequisites": "CS106A" if chance.random() < 0.3 else None,
    }


def _code_row(number: int, subjects: list[str]) -> dict[str, Any]:
    place, catalogue = number % len(subjects), 1 + number // len(subjects) * 3
    code = f"{subjects[place]}{catalogue}"
    return {"code": code, "course_id": _FIRST_COURSE + number, "position": 0}


def _section(chance: random.Random, number: int, size: Size, names: list[str]) -> dict[str, Any]:
    course, turn = number % size.courses, number // size.courses
    return {
        "class_id": _FIRST_CLASS + number,
        "course_id": _FIRST_COURSE + course,
        "term_id": size.terms[(course + turn) % len(size.terms)],
        "number": f"{1 + turn // len(size.terms):02d}",
        "component": chance.choice(("LEC", "LEC", "SEM", "LAB")),
        "capacity": chance.choice((15, 30, 60, 120, 300)),
        "waitlist_capacity": 10,
        "instructors": chance.sample(names, k=chance.choice((1, 1, 1, 2))),
    }


def _meetings(chance: random.Random, section: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for _ in range(chance.choice((1, 1, 2))):
        days, length = chance.choice(_PATTERNS)
        start = chance.randrange(8 * 60, 19 * 60, 30)
        end = start + length
        yield {
            "class_id": section["class_id"],
            "days": days,
            "start": time(start // 60, start % 60),
            "end": time(end // 60, end % 60),
            "room": f"{chance.choice(_BUILDINGS)} {chance.randrange(100, 400)}",
        }
