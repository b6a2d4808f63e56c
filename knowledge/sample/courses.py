"""Reads the course files of the sample catalogue; a fault names file, course and key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import InvalidCode, InvalidPrerequisite, QuadError
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Department, Grading, Level
from knowledge.model.prerequisites import codes, parse
from knowledge.model.terms import Quarter

FOLDER = Path(__file__).parent / "courses"
SIZES = ("huge", "large", "medium", "small")
_REQUIRED = ("code", "title", "units", "level", "terms", "size", "description", "topics")
_OPTIONAL = (
    "usual_units",
    "requirements",
    "grading",
    "crosslisted",
    "prerequisites",
    "only",
    "repeatable",
    "max_times",
    "sample",
)
_GRADINGS = {
    "letter-or-credit": (Grading.LETTER, Grading.CREDIT),
    "letter": (Grading.LETTER,),
    "credit": (Grading.CREDIT,),
    "satisfactory": (Grading.SATISFACTORY,),
}
_KNOWN = (
    ("size", set(SIZES)),
    ("level", set(Level)),
    ("grading", set(_GRADINGS)),
    ("terms", set(Quarter)),
)


@dataclass(eq=False)
class SampleInvalid(QuadError):
    """A fault in a course file."""

    problem = "sample-invalid"
    file: str
    course: str
    key: str


@dataclass(frozen=True)
class Offered:
    """A course with when it is offered and how many seats it needs."""

    department: Department
    course: Course
    quarters: tuple[str, ...]
    only: str | None
    size: str


def read(folder: Path = FOLDER) -> list[Offered]:
    """All courses, numbered in the order of files and entries; raise SampleInvalid."""
    offered: list[Offered] = []
    for path in sorted(folder.glob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        department = Department(**data["department"])
        for entry in data["courses"]:
            offered.append(_offered(path.name, department, entry, 100_001 + len(offered)))
    _check_whole(offered)
    return offered


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _offered(file: str, department: Department, entry: dict[str, Any], number: int) -> Offered:
    name = str(entry.get("code"))
    for key in _REQUIRED:
        if key not in entry:
            raise SampleInvalid(file, name, key)
    for key in entry:
        if key not in _REQUIRED + _OPTIONAL:
            raise SampleInvalid(file, name, key)
    for key, known in _KNOWN:
        values = entry.get(key, ())
        if not set([values] if isinstance(values, str) else values) <= known:
            raise SampleInvalid(file, name, key)
    return Offered(
        department,
        _course(file, name, entry, number),
        tuple(entry["terms"]),
        entry.get("only"),
        entry["size"],
    )


def _course(file: str, name: str, entry: dict[str, Any], number: int) -> Course:
    low, high = _units(file, name, str(entry["units"]))
    try:
        listed = tuple(CourseCode.parse(c) for c in (name, *entry.get("crosslisted", ())))
        prerequisites = parse(entry["prerequisites"]) if entry.get("prerequisites") else None
    except InvalidCode as error:
        raise SampleInvalid(file, name, "code") from error
    except InvalidPrerequisite as error:
        raise SampleInvalid(file, name, "prerequisites") from error
    return Course(
        course_id=number,
        codes=listed,
        title=entry["title"],
        description=" ".join(entry["description"].split()),
        units_min=low,
        units_max=high,
        usual_units=entry.get("usual_units", high),
        level=Level(entry["level"]),
        requirements=tuple(entry.get("requirements", ())),
        gradings=_GRADINGS[entry.get("grading", "letter-or-credit")],
        repeatable=entry.get("repeatable", False),
        prerequisites=prerequisites,
        topics=tuple(entry["topics"]),
        sample_fields=(*entry.get("sample", ()), "terms"),
        max_times=entry.get("max_times"),
    )


def _units(file: str, name: str, text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if match is None:
        raise SampleInvalid(file, name, "units")
    low, high = int(match.group(1)), int(match.group(2) or match.group(1))
    if low > high:
        raise SampleInvalid(file, name, "units")
    return low, high


def _check_whole(offered: list[Offered]) -> None:
    """Codes are unique, and prerequisites name courses that exist."""
    seen: dict[CourseCode, str] = {}
    for item in offered:
        for code in item.course.codes:
            if code in seen:
                raise SampleInvalid(item.department.code, str(code), "code")
            seen[code] = item.department.code
    for item in offered:
        for code in _required(item.course):
            if code not in seen:
                raise SampleInvalid(item.department.code, str(item.course.code), f"needs {code}")


def _required(course: Course) -> Iterator[CourseCode]:
    return iter(()) if course.prerequisites is None else codes(course.prerequisites)
