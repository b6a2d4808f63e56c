"""Titles as students write them → candidate courses, and "did you mean" for unknown codes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge import yaml_files
from knowledge.catalogue.index import Snapshot
from knowledge.catalogue.near_titles import folded
from knowledge.catalogue.query import CourseQuery
from knowledge.errors import InvalidCode
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course

_ALIASES = Path(__file__).with_name("aliases.yml")
_EXACT, _FLOOR = 100.0, 72.0


@dataclass(frozen=True)
class Candidate:
    """A course that a title may mean; `score` is 100 for the same words, 72 for a distant guess."""

    course: Course
    score: float


def nicknames() -> dict[str, list[str]]:
    """The alias table: what students call a course → its codes."""
    data: dict[str, list[str]] = yaml_files.read(_ALIASES)
    return {folded(name): codes for name, codes in data.items()}


_NICKNAMES = nicknames()


def candidates(snapshot: Snapshot, title: str, limit: int = 5) -> list[Candidate]:
    """Courses whose title, topic or nickname comes near, best first."""
    nicknamed = [snapshot.by_code.get(code) for code in _NICKNAMES.get(folded(title), ())]
    titled = snapshot.titles.named(title)  # what one course is called may be another's title
    if named := {c.code: c for c in (*nicknamed, *titled) if c is not None}:
        return [Candidate(course, _EXACT) for course in list(named.values())[:limit]]
    return _fuzzy(snapshot, title, limit)


def _fuzzy(snapshot: Snapshot, title: str, limit: int) -> list[Candidate]:
    """Signs alone, or another alphabet, are near to nothing."""
    scores = snapshot.titles.likeness(title)
    near = np.flatnonzero(scores >= max(_FLOOR, float(scores.max(initial=0.0)) - 8))
    found = [Candidate(snapshot.titles.courses[n], float(scores[n])) for n in near]
    found.sort(key=lambda c: (-round(c.score), len(c.course.title), c.course.code))
    return found[:limit]


def meant(snapshot: Snapshot, query: CourseQuery) -> CourseQuery:
    """The query with an unknown code replaced by the near ones; what is known stays as it is."""
    if not query.codes or any(code in snapshot.by_code for code in query.codes):
        return query
    near = [str(course.code) for code in query.codes for course in suggestions(snapshot, code)]
    return replace(query, codes=tuple(near)) if near else query


def suggestions(snapshot: Snapshot, code: str, limit: int = 3) -> list[Course]:
    """Courses that an unknown code may have meant: the same subject and a near number first.

    Of a number without its subject ("106A"): the courses of that number.
    """
    try:
        wanted = CourseCode.parse(code)
    except InvalidCode:
        return snapshot.codes.numbered(code.strip().upper())[:limit]
    return snapshot.codes.near(wanted, limit)
