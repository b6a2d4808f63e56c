"""What a policy has learned, in words a person can check: from which certainty on it acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.dialogue.acts import ON_RECORD, Act
from bot.policy.learning.experience import Episode, Step

_BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)


@dataclass(frozen=True)
class Habit:
    """Shares of what was chosen where the rules would have acted, for one range of certainty."""

    above: float
    below: float
    decisions: int
    acts: float
    confirms: float
    asks: float
    doubts: float


def habits(episodes: Sequence[Episode]) -> list[Habit]:
    """One for each range that occurred."""
    points = [step for one in episodes for step in one.steps if _could_act(step)]
    found = []
    for above, below in pairwise(_BOUNDS):
        acts = [step.act for step in points if above < _certainty(step) <= below]
        if acts:
            found.append(_habit(above, below, acts))
    return found


def _habit(above: float, below: float, acts: Sequence[Act]) -> Habit:
    def share(*kinds: Act) -> float:
        return round(sum(act in kinds for act in acts) / len(acts), 3)

    return Habit(
        above, below, len(acts), share(*ON_RECORD), share(Act.CONFIRM),
        share(Act.ASK_CLASS, Act.ASK_QUARTER, Act.ASK_YEAR), share(Act.ASK_MEANING),
    )  # fmt: skip


def _could_act(step: Step) -> bool:
    acts = step.decision.candidates
    return len(acts) > 1 and acts[0] in ON_RECORD and step.decision.state.goal is not None


def _certainty(step: Step) -> float:
    goal = step.decision.state.goal
    return goal.certainty if goal else 1.0
