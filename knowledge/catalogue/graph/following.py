"""What next after a course: what it opens and what lies near it, offered in a coming term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.catalogue.graph.before import closure
from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.standing import Standing
from knowledge.catalogue.graph.values import Node, NodeKind
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Level
from knowledge.model.prerequisites import Both, Either, Prerequisite, Requires, codes, missing

# A class that the course itself opens is the natural next one; one not open yet is for later.
_OPENED, _OPEN, _NOT_YET = 2.0, 1.0, 0.5
_BELOW = 0.25  # an introduction is seldom what comes after an advanced course


@dataclass(frozen=True)
class Suggestion:
    """A course to take next, and why: it builds on the other, or shares topics with it.

    `still`: what would have to come before it, None when it is open; `score` orders them.
    """

    course: Course
    score: float
    builds_on: bool
    topics: tuple[str, ...]
    still: Prerequisite | None


def following(
    snapshot: Catalogue,
    course: Course,
    standing: Standing,
    near: Mapping[Node, float],
    coming: frozenset[int],
) -> tuple[Suggestion, ...]:
    """Courses after one, best first: nearness times how open they are.

    `near`: the random walk from the course; `coming`: ids of courses offered in a coming term.
    What may come before the course, or has been passed, is no next one.
    """
    nearness = {node.key: mass for node, mass in near.items() if node.kind is NodeKind.COURSE}
    behind = closure(snapshot, course) | variants(snapshot, course) | {course.course_id}
    ahead, with_it = coming - behind, standing.having([course.code])
    found = (
        _suggestion(course, other, with_it, nearness[str(other.code)])
        for other in snapshot.courses.values()
        if other.course_id in ahead and not with_it.has(other) and str(other.code) in nearness
    )
    ranked = [suggestion for suggestion in found if suggestion.builds_on or suggestion.topics]
    return tuple(sorted(ranked, key=lambda each: (-each.score, each.course.code)))


def _suggestion(course: Course, other: Course, standing: Standing, nearness: float) -> Suggestion:
    tree = other.prerequisites
    builds_on = tree is not None and bool(set(course.codes) & set(codes(tree)))
    still = None
    if tree is not None and not standing.meets(tree):
        still = missing(tree, standing.record)
    openness = _NOT_YET if still is not None else _OPENED if builds_on else _OPEN
    if _rung(other) < _rung(course):
        openness *= _BELOW
    topics = tuple(topic for topic in course.topics if topic in other.topics)
    return Suggestion(other, nearness * openness, builds_on, topics, still)


def _rung(course: Course) -> tuple[bool, int]:
    """Graduate above undergraduate, and below it the hundreds of the number."""
    graduate = course.level is Level.GRADUATE
    return graduate, 0 if graduate else course.code.number // 100


def variants(snapshot: Catalogue, course: Course) -> set[int]:
    """The ids of other forms of a course: its number with another suffix, as good as it somewhere.

    CS106X beside CS106B, which so many courses ask for as "CS106B or CS106X".
    """
    alike = {
        code: other.course_id
        for other in snapshot.courses.values()
        for code in other.codes
        if (code.subject, code.number) == (course.code.subject, course.code.number)
    }
    trees = (other.prerequisites for other in snapshot.courses.values())
    beside = {code for tree in trees if tree is not None for code in _beside(tree, course)}
    return {alike[code] for code in beside & alike.keys()}


def _beside(tree: Prerequisite, course: Course) -> set[CourseCode]:
    """The single courses that a tree takes in the course's place."""
    if not isinstance(tree, Both | Either):
        return set()
    single = {part.code for part in tree.parts if isinstance(part, Requires)}
    instead = isinstance(tree, Either) and single & set(course.codes)
    found = single if instead else set()
    return found.union(*(_beside(part, course) for part in tree.parts))
