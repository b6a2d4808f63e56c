"""Titles as students write them → candidate courses, and "did you mean" for unknown codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from knowledge.catalogue.index import Snapshot
from knowledge.errors import InvalidCode
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course

_ALIASES = Path(__file__).with_name("aliases.yml")
_EXACT, _LIKELY, _FLOOR = 100.0, 90.0, 72.0
_NOISE = re.compile(r"\b(the|a|an|class|course|intro|introduction|to|in|of|and|for|on|i|prof)\b")


@dataclass(frozen=True)
class Candidate:
    """A course that a title may mean; `score` is 100 for the same words, 72 for a distant guess."""

    course: Course
    score: float


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9+ ]", " ", text.lower().replace("&", " and ")).split())


def _kernel(text: str) -> str:
    """The words that carry a title: "Introduction to Logic" → "logic"."""
    return " ".join(_NOISE.sub(" ", _folded(text)).split())


def nicknames() -> dict[str, list[str]]:
    """The alias table: what students call a course → its codes."""
    data: dict[str, list[str]] = yaml.safe_load(_ALIASES.read_text(encoding="utf-8"))
    return {_folded(name): codes for name, codes in data.items()}


_NICKNAMES = nicknames()


def candidates(snapshot: Snapshot, title: str, limit: int = 5) -> list[Candidate]:
    """Courses whose title, topic or nickname comes near, best first."""
    wanted = _folded(title)
    nicknamed = [snapshot.by_code.get(code) for code in _NICKNAMES.get(wanted, ())]
    named = [Candidate(course, _EXACT) for course in nicknamed if course is not None]
    if named:
        return named
    exact = [c for c in snapshot.courses.values() if _folded(c.title) == wanted]
    if exact:
        return [Candidate(course, _EXACT) for course in exact[:limit]]
    return _fuzzy(snapshot, title, limit)


def _fuzzy(snapshot: Snapshot, title: str, limit: int) -> list[Candidate]:
    folded = _folded(title)
    kernel = _kernel(title) or folded
    if not kernel:
        return []  # signs alone, or another alphabet: near to nothing
    scored = (
        # The whole titles too: a misspelt "Introdction" is no noise word and spoils the kernel.
        (key, max(_likeness(kernel, _kernel(c.title)), float(fuzz.ratio(folded, _folded(c.title)))))
        for key, c in snapshot.courses.items()
    )
    found = [Candidate(snapshot.courses[key], score) for key, score in scored if score >= _FLOOR]
    found.sort(key=lambda c: (-round(c.score), len(c.course.title), c.course.code))
    best = found[0].score if found else 0.0
    return [c for c in found if c.score >= best - 8][:limit]


def _likeness(wanted: str, title: str) -> float:
    """Typing errors and missing words both count; a whole title inside a longer one is likely."""
    whole = float(fuzz.ratio(wanted, title))
    words = float(fuzz.token_sort_ratio(wanted, title))
    inside = _LIKELY if set(wanted.split()) <= set(title.split()) else 0.0
    return max(whole, words, inside)


def suggestions(snapshot: Snapshot, code: str, limit: int = 3) -> list[Course]:
    """Courses that an unknown code may have meant: the same subject and a near number first.

    Of a number without its subject ("106A"): the courses of that number.
    """
    try:
        wanted = CourseCode.parse(code)
    except InvalidCode:
        return _of_number(snapshot, code.strip().upper())[:limit]
    scored = sorted(
        snapshot.courses.values(),
        key=lambda course: (min(_distance(wanted, c) for c in course.codes), course.code),
    )
    return [c for c in scored if min(_distance(wanted, k) for k in c.codes) < 100][:limit]


def _of_number(snapshot: Snapshot, number: str) -> list[Course]:
    found = (
        course
        for course in snapshot.courses.values()
        if any(code.catalogue_number == number for code in course.codes)
    )
    return sorted(found, key=lambda course: course.code)


def _distance(wanted: CourseCode, code: CourseCode) -> float:
    subject = (
        0.0 if wanted.subject == code.subject else 120 - fuzz.ratio(wanted.subject, code.subject)
    )
    digits = fuzz.ratio(wanted.catalogue_number, code.catalogue_number)
    return subject + (100 - digits) * 0.9 + min(9.0, abs(wanted.number - code.number) / 50)
