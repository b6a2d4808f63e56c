"""What the planner answers with: a plan, or the facts that leave no plan; pure values."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model.codes import CourseCode
from knowledge.model.obstacles import Obstacle
from knowledge.model.terms import TermDates
from knowledge.registrar.planning.case import Bundle
from knowledge.registrar.planning.progress import Standing
from knowledge.registrar.rules import Taken


@dataclass(frozen=True)
class PlannedCourse:
    """A course in a term: how it is taken, what it counts for, and how else it could be taken."""

    bundle: Bundle
    serves: tuple[str, ...]
    leads_to: tuple[CourseCode, ...]
    alternatives: tuple[Bundle, ...]

    @property
    def units(self) -> int:
        """The course's usual units."""
        return self.bundle.course.usual_units


@dataclass(frozen=True)
class PlannedTerm:
    """One term: what is taken already, and what is added."""

    dates: TermDates
    taken: tuple[Taken, ...]
    courses: tuple[PlannedCourse, ...]
    limit: int

    @property
    def units(self) -> int:
        """All units of the term."""
        return sum(t.units for t in self.taken) + sum(course.units for course in self.courses)


@dataclass(frozen=True)
class Plan:
    """The terms in time order, how the programme stands after them, and what must be known.

    `notes` are facts that stop enrolling now (a hold, a window that is over). `proven` tells
    whether no better plan exists, or only none was found in the time there was.
    """

    terms: tuple[PlannedTerm, ...]
    standings: tuple[Standing, ...]
    notes: tuple[Obstacle, ...]
    proven: bool
    seconds: float


@dataclass(frozen=True)
class Reason:
    """Facts that together rule the wish out, and would not if one of them were otherwise."""

    facts: tuple[Obstacle, ...]


@dataclass(frozen=True)
class Infeasible:
    """No plan holds what was wished; each reason is enough by itself.

    Without reasons the time ran out before a plan was found.
    """

    reasons: tuple[Reason, ...]
