"""What a course opens: what can be taken now, and what has only come a step closer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.standing import Standing
from knowledge.model.courses import Course
from knowledge.model.prerequisites import Prerequisite, codes, missing


@dataclass(frozen=True)
class Follower:
    """A course that names the other among its prerequisites; `still`: what is left to meet."""

    course: Course
    still: Prerequisite | None = None


@dataclass(frozen=True)
class After:
    """The answer to "what can I take after …?".

    `unlocked`: not open before, open with it; `closer`: one condition fewer is left.
    """

    course: Course
    unlocked: tuple[Follower, ...]
    closer: tuple[Follower, ...]


def after(snapshot: Catalogue, course: Course, standing: Standing) -> After:
    """What a course changes for a student, taken already or not; courses passed are left out."""
    with_it, without = standing.having([course.code]), standing.without(course)
    unlocked: list[Follower] = []
    closer: list[Follower] = []
    for other, tree in _naming(snapshot, course):
        if standing.has(other) or without.meets(tree):
            continue
        still = missing(tree, with_it.record)
        if still is None:
            unlocked.append(Follower(other))
        elif still != missing(tree, without.record):
            closer.append(Follower(other, still))
    return After(course, _in_order(unlocked), _in_order(closer))


def _naming(snapshot: Catalogue, course: Course) -> Iterator[tuple[Course, Prerequisite]]:
    ours = frozenset(course.codes)
    for other in snapshot.courses.values():
        tree = other.prerequisites
        if tree is not None and other is not course and ours & set(codes(tree)):
            yield other, tree


def _in_order(followers: list[Follower]) -> tuple[Follower, ...]:
    return tuple(sorted(followers, key=lambda follower: follower.course.code))
