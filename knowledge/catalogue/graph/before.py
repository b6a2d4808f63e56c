"""What comes before a course: the whole AND/OR tree down to the beginnings, with what is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.catalogue.graph.route import Route, Routes
from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.standing import Standing
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course
from knowledge.model.prerequisites import (
    Both,
    Consent,
    Prerequisite,
    Requires,
    codes,
    missing,
)

_DEEPEST = 12


@dataclass(frozen=True)
class Step:
    """A course of the tree: whether it is done, and what it needs itself.

    `again`: its own prerequisites stand elsewhere in the tree (or lead back to itself).
    """

    code: CourseCode
    title: str
    concurrently: bool
    done: bool
    needs: Branch | Step | Agreement | None = None
    again: bool = False


@dataclass(frozen=True)
class Agreement:
    """The instructor's consent."""


@dataclass(frozen=True)
class Branch:
    """All of the parts, or one of them."""

    every: bool
    met: bool
    parts: tuple[Branch | Step | Agreement, ...]


Tree = Branch | Step | Agreement


@dataclass(frozen=True)
class Before:
    """The answer to "what do I need before …?".

    `have`: what the student has of the course's own prerequisites; `missing`: their unmet part;
    `route`: the fewest courses that lead there, None when no way does.
    """

    course: Course
    tree: Tree | None
    have: tuple[CourseCode, ...]
    missing: Prerequisite | None
    route: Route | None


@dataclass
class _Grower:
    snapshot: Catalogue
    standing: Standing
    grown: set[int] = field(default_factory=set)

    def grow(self, tree: Prerequisite, depth: int = 0) -> Tree:
        """The tree with every course's own prerequisites below it, each course opened once.

        What is met is not opened: nobody who has CS106B asks what CS106X would need.
        """
        if isinstance(tree, Consent):
            return Agreement()
        met = self.standing.meets(tree)
        if isinstance(tree, Requires):
            return self._step(tree, depth, met)
        below = _DEEPEST if met else depth
        parts = tuple(self.grow(part, below) for part in tree.parts)
        return Branch(isinstance(tree, Both), met, parts)

    def _step(self, leaf: Requires, depth: int, done: bool) -> Step:
        course = self.snapshot.by_code.get(str(leaf.code))
        if course is None:
            return Step(leaf.code, "", leaf.concurrently, done)
        own = course.prerequisites
        opens = own is not None and not done and depth < _DEEPEST
        again = opens and course.course_id in self.grown
        self.grown.add(course.course_id)
        below = self.grow(own, depth + 1) if own is not None and opens and not again else None
        return Step(leaf.code, course.title, leaf.concurrently, done, below, again)


def before(
    snapshot: Catalogue, course: Course, standing: Standing, taught: frozenset[int]
) -> Before:
    """Everything before a course; `taught`: ids of the courses still to come, preferred ones."""
    tree = course.prerequisites
    if tree is None:
        return Before(course, None, (), None, Route())
    grower = _Grower(snapshot, standing, {course.course_id})
    have = tuple(
        code for code in dict.fromkeys(codes(tree)) if code in standing.codes or standing.all_met
    )
    unmet = None if standing.all_met else missing(tree, standing.record)
    route = routes(snapshot, standing, taught).to(course.code)
    return Before(course, grower.grow(tree), have, unmet, route)


def routes(
    snapshot: Catalogue,
    standing: Standing,
    taught: frozenset[int],
    without: frozenset[CourseCode] = frozenset(),
) -> Routes:
    """Ways through this catalogue, preferably over courses that are still taught."""

    def needs(code: CourseCode) -> Prerequisite | None:
        course = snapshot.by_code.get(str(code))
        return course.prerequisites if course is not None else None

    def is_taught(code: CourseCode) -> bool:
        course = snapshot.by_code.get(str(code))
        return course is not None and course.course_id in taught

    return Routes(needs, standing, is_taught, without)


def closure(snapshot: Catalogue, course: Course) -> set[int]:
    """The ids of all courses that may come before one, on any way; itself only by a cycle."""
    found: set[int] = set()
    waiting = [course]
    while waiting:
        tree = waiting.pop().prerequisites
        for code in codes(tree) if tree is not None else ():
            other = snapshot.by_code.get(str(code))
            if other is not None and other.course_id not in found:
                found.add(other.course_id)
                waiting.append(other)
    return found


def steps(tree: Tree | None) -> Iterator[Step]:
    """Every course of a grown tree, from the top."""
    if isinstance(tree, Step):
        yield tree
        yield from steps(tree.needs)
    elif isinstance(tree, Branch):
        for part in tree.parts:
            yield from steps(part)


def as_json(tree: Tree | None) -> dict[str, Any] | None:
    """The tree as plain values."""
    if tree is None:
        return None
    if isinstance(tree, Agreement):
        return {"kind": "consent"}
    if isinstance(tree, Branch):
        kind = "all" if tree.every else "any"
        return {"kind": kind, "met": tree.met, "parts": [as_json(part) for part in tree.parts]}
    return {
        "kind": "course",
        "code": str(tree.code),
        "title": tree.title,
        "concurrently": tree.concurrently,
        "done": tree.done,
        "again": tree.again,
        "needs": as_json(tree.needs),
    }
