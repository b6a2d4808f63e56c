"""Grades of a query's courses: topics as they were read, conditions as they are checked.

The rules are those of tests/search_evaluation/guide.md.
"""

from __future__ import annotations

from bot.search_evaluation.conditions import fits
from bot.search_evaluation.reading import Query
from knowledge.catalogue.snapshot import Snapshot
from knowledge.model.courses import Course


def graded(
    snapshot: Snapshot, query: Query, topical: dict[str, int] | None, academic_start: int
) -> dict[str, int]:
    """Every course of the catalogue with a grade above 0, by home code.

    Without topical grades the query is one of conditions alone.
    """
    grades = {}
    for course in snapshot.courses.values():
        grade = _of_conditions(course, query) if topical is None else topical.get(str(course.code))
        if grade and topical is not None and _loses(course, query, grade):
            grade -= 1
        if grade and (not query.needs or fits(snapshot, course, query.needs, academic_start)):
            grades[str(course.code)] = grade
    return grades


def _loses(course: Course, query: Query, grade: int) -> bool:
    return bool(query.needs.get("easy") and course.prerequisites and grade > 1)


def _of_conditions(course: Course, query: Query) -> int:
    if query.needs.get("easy"):
        return 1 + _ease(course)
    subjects = query.needs.get("subjects")
    return 3 if subjects is None or course.code.subject in subjects else 2


def _ease(course: Course) -> int:
    if course.units_min <= 3 and not course.prerequisites:
        return 2
    return 1 if course.units_min <= 4 or not course.prerequisites else 0
