"""The search for the best plan: one objective after the other, within one bound of time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from knowledge.registrar.planning.constraints import Frame, solver


@dataclass
class Search:
    """Improves the plan by each objective in turn, never giving up what an earlier one reached.

    `best` holds the keys of the bundles taken; None: there is no plan, or none was found in time.
    `proven` tells whether every objective was brought to its optimum.
    """

    frame: Frame
    seconds: float
    best: list[tuple[int, int]] | None = None
    proven: bool = True
    _began: float = field(default_factory=time.monotonic)

    @property
    def spent(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self._began

    def improve(self, objective: Any) -> bool:
        """Maximise from what was found before; whether there is a plan."""
        model = self.frame.model
        model.maximize(objective)
        solving = solver(max(0.1, self.seconds - self.spent))
        status = solving.solve(model)
        self.proven = self.proven and status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return self.best is not None
        self.best = [key for key, literal in self.frame.take.items() if solving.value(literal)]
        # The solver tells a whole number as a float, which may lie a hair beside it.
        model.add(objective >= round(solving.objective_value))
        model.clear_hints()
        for literal in self.frame.take.values():
            model.add_hint(literal, solving.value(literal))
        return True
