"""The shortest way to a course: the fewest courses that make its prerequisites met, in an order.

Prerequisites are AND/OR trees whose parts share courses, so this is a search for a smallest set
(NP-hard in general, small here): uniform-cost over sets, an instructor's consent dearer than any
number of courses and courses that are no longer taught dearer than those that are. A set is good
when its courses can be laid quarter by quarter, each after what it needs: cycles never can.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.catalogue.graph.standing import Standing
from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires

_MOST_SETS = 4_000  # about half a second
Needs = Callable[[CourseCode], Prerequisite | None]
Cost = tuple[int, int, int]  # consents, courses, courses not taught in a coming term


@dataclass(frozen=True)
class Route:
    """Quarters in order, each with what is taken in it; `consents`: whose instructor must agree.

    `shortest` is False when the search was cut off and a way was taken as it came.
    """

    quarters: tuple[tuple[CourseCode, ...], ...] = ()
    consents: tuple[CourseCode, ...] = ()
    shortest: bool = True

    @property
    def courses(self) -> int:
        """How many courses there are on the way."""
        return sum(len(quarter) for quarter in self.quarters)


@dataclass(frozen=True)
class _Plan:
    """A set of courses and of courses entered by consent, not yet known to be enough."""

    courses: frozenset[CourseCode] = frozenset()
    consents: frozenset[CourseCode] = frozenset()


@dataclass(frozen=True)
class Routes:
    """Finds ways: `needs` tells a course's prerequisites, `taught` whether it is still offered."""

    needs: Needs
    standing: Standing
    taught: Callable[[CourseCode], bool] = lambda code: True
    without: frozenset[CourseCode] = frozenset()

    def to(self, target: CourseCode) -> Route | None:
        """The shortest way up to (and without) the target; None when there is none."""
        heap: list[tuple[Cost, tuple[CourseCode, ...], int, _Plan]] = [((0, 0, 0), (), 0, _Plan())]
        seen, count = {_Plan()}, 0
        while heap:
            _, _, _, plan = heapq.heappop(heap)
            quarters = self._laid(plan, target)
            if quarters is not None:
                return Route(quarters, tuple(sorted(plan.consents)))
            if len(seen) > _MOST_SETS:
                return self._greedy(plan, target)
            for following in self._larger(plan, target):
                if following not in seen:
                    seen.add(following)
                    count += 1
                    names = tuple(sorted(following.courses))
                    heapq.heappush(heap, (self._cost(following), names, count, following))
        return None

    def _cost(self, plan: _Plan) -> Cost:
        gone = sum(not self.taught(code) for code in plan.courses)
        return len(plan.consents), len(plan.courses), gone

    def _greedy(self, plan: _Plan, target: CourseCode) -> Route | None:
        """Go on with the cheapest addition each time, without ever turning back."""
        while (quarters := self._laid(plan, target)) is None:
            larger = sorted(self._larger(plan, target), key=self._cost)
            if not larger:
                return None
            plan = larger[0]
        return Route(quarters, tuple(sorted(plan.consents)), shortest=False)

    def _laid(self, plan: _Plan, target: CourseCode) -> tuple[tuple[CourseCode, ...], ...] | None:
        """The plan quarter by quarter; None while the target is out of reach or a course is."""
        quarters, passed, left = self._progress(plan)
        return None if left or not self._open(target, plan, passed, left) else quarters

    def _progress(
        self, plan: _Plan
    ) -> tuple[tuple[tuple[CourseCode, ...], ...], Standing, frozenset[CourseCode]]:
        """As far as the plan's courses can be taken: quarters, the standing then, what is stuck."""
        quarters: list[tuple[CourseCode, ...]] = []
        passed, left = self.standing, plan.courses
        while left:
            together = left  # the largest group that can be taken at once, some beside each other
            while together:
                able = frozenset(c for c in together if self._open(c, plan, passed, together))
                if able == together:
                    break
                together = able
            if not together:
                break
            quarters.append(tuple(sorted(together)))
            passed, left = passed.having(together), left - together
        return tuple(quarters), passed, left

    def _open(
        self, code: CourseCode, plan: _Plan, passed: Standing, beside: frozenset[CourseCode]
    ) -> bool:
        tree = self.needs(code)
        if tree is not None and code in plan.consents:
            tree = _consented(tree)
        return passed.meets(tree, beside - {code})

    def _larger(self, plan: _Plan, target: CourseCode) -> Iterator[_Plan]:
        """Every plan with one more course (or consent) that may help a stuck course."""
        _, passed, left = self._progress(plan)
        stuck = sorted({*left, target})
        unmet = [
            (code, tree)
            for code in stuck
            if (tree := self.needs(code)) is not None and not self._open(code, plan, passed, left)
        ]
        # A course that no stuck course can free needs an addition itself: look at it alone.
        lonely = [one for one in unmet if not set(_leaves(one[1])) & left]
        for code, tree in lonely[:1] or unmet:
            for leaf in _helpful(tree, passed, left):
                if isinstance(leaf, Consent):
                    yield _Plan(plan.courses, plan.consents | {code})
                elif self._may_take(leaf.code, target, plan):
                    yield _Plan(plan.courses | {leaf.code}, plan.consents)

    def _may_take(self, code: CourseCode, target: CourseCode, plan: _Plan) -> bool:
        return code != target and code not in plan.courses and code not in self.without


def _consented(tree: Prerequisite) -> Prerequisite | None:
    """The tree once the instructor has agreed: an alternative with consent is met."""
    if isinstance(tree, Consent):
        return None
    if isinstance(tree, Requires):
        return tree
    parts = tuple(_consented(part) for part in tree.parts)
    left = tuple(part for part in parts if part is not None)
    if isinstance(tree, Either):
        return Either(left) if len(left) == len(parts) else None
    return Both(left) if left else None


def _leaves(tree: Prerequisite) -> Iterator[CourseCode]:
    if isinstance(tree, Requires):
        yield tree.code
    elif isinstance(tree, Both | Either):
        for part in tree.parts:
            yield from _leaves(part)


def _helpful(
    tree: Prerequisite, passed: Standing, left: frozenset[CourseCode]
) -> Iterator[Requires | Consent]:
    """The leaves of the unmet parts; of a conjunction one, if nothing else may free it."""
    if isinstance(tree, Requires | Consent):
        yield tree
        return
    parts = [part for part in tree.parts if not passed.meets(part)]
    if isinstance(tree, Both):
        lonely = [part for part in parts if not set(_leaves(part)) & left]
        parts = lonely[:1] or parts
    for part in parts:
        yield from _helpful(part, passed, left)
