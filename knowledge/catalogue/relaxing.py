"""When nothing fits: which conditions to give up, and how many courses that would find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from itertools import combinations
from typing import Any

from knowledge.catalogue.query import CourseQuery, Relaxation

# Fields that a student thinks of as one condition.
_CONDITIONS: dict[str, tuple[str, ...]] = {
    "text": ("text", "about"),
    "subjects": ("subjects",),
    "not_subjects": ("not_subjects",),
    "level": ("level", "numbers"),
    "term": ("quarters", "year", "academic_start"),
    "days": ("days", "not_days", "avoided"),
    "hours": ("windows",),
    "units": ("units",),
    "requirements": ("requirements",),
    "grading": ("grading",),
    "instructors": ("instructors",),
    "no_prerequisites": ("no_prerequisites",),
}
_DEFAULTS = {field.name: field.default for field in fields(CourseQuery)}
_MOST = 3


def relaxations(query: CourseQuery, count: Callable[[CourseQuery], int]) -> tuple[Relaxation, ...]:
    """Single conditions whose loss finds something, the most first; if none does, pairs of them."""
    held = [name for name, parts in _CONDITIONS.items() if _is_set(query, parts)]
    for size in (1, 2):
        if len(held) <= size:
            break  # a query without any condition is none
        without = ((names, count(_without(query, names))) for names in combinations(held, size))
        found = [Relaxation(names, total) for names, total in without if total]
        if found:
            return tuple(sorted(found, key=lambda relaxed: -relaxed.total)[:_MOST])
    return ()


def _is_set(query: CourseQuery, parts: tuple[str, ...]) -> bool:
    return any(getattr(query, part) != _DEFAULTS[part] for part in parts)


def _without(query: CourseQuery, names: tuple[str, ...]) -> CourseQuery:
    lost: dict[str, Any] = {part: _DEFAULTS[part] for name in names for part in _CONDITIONS[name]}
    return replace(query, **lost)
