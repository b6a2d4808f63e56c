"""The recycling robot of lecture 9: five states, two actions, its exact and its learnt Q-table.

Bellman: Q*(s, a) = r + γ max_a' Q*(s', a'); a reward is received on entering a state.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skills.errors import InvalidOption, NotTrainable
from skills.kit.drawing import table_picture
from skills.protocol import Progress, SkillResult
from skills.recycling_robot.card import ROBOT

STATES = ("S1", "S2", "S3", "S4", "S5")
ACTIONS = ("L", "R")
REWARD = (2.0, 0.0, 0.0, 1.0, 10.0)  # trash can, start, nothing, chocolate, recycle bin
TERMINAL = frozenset({0, 4})
START = 1
QTable = list[list[float]]


@dataclass(frozen=True)
class QLearning:
    """Hyperparameters of the sampled learner."""

    gamma: float = 0.9
    episodes: int = 500
    rate: float = 0.5  # of the update; the world is deterministic, so it may be large
    epsilon: float = 0.3  # share of random actions
    max_steps: int = 3  # the garbage collector comes after three minutes
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.gamma < 1:
            raise InvalidOption("gamma")


def step(state: int, action: int) -> tuple[int, float]:
    """Where an action leads and what is received there."""
    following = state + (1 if action else -1)
    return following, REWARD[following]


def exact(gamma: float, tolerance: float = 1e-12) -> QTable:
    """Q* by value iteration; terminal rows are zero by convention."""
    table: QTable = [[0.0, 0.0] for _ in STATES]
    change = 1.0
    while change > tolerance:
        change = 0.0
        for state in range(1, 4):
            for action in range(2):
                following, reward = step(state, action)
                value = reward + gamma * max(table[following])
                change = max(change, abs(value - table[state][action]))
                table[state][action] = value
    return table


def learn(config: QLearning) -> QTable:
    """Q-learning from sampled steps.

    The three-minute limit truncates an episode but does not end the world: the last step still
    bootstraps, else the table would not be the lecture's.
    """
    chance = random.Random(config.seed)
    table: QTable = [[0.0, 0.0] for _ in STATES]
    for _ in range(config.episodes):
        state = chance.choice((1, 2, 3))  # exploring starts, so that every pair is seen
        for _ in range(config.max_steps):
            greedy = int(table[state][1] >= table[state][0])
            action = chance.randrange(2) if chance.random() < config.epsilon else greedy
            following, reward = step(state, action)
            target = reward + config.gamma * max(table[following])
            table[state][action] += config.rate * (target - table[state][action])
            if following in TERMINAL:
                break
            state = following
    return table


def policy(table: QTable) -> list[str]:
    """The better action in each state that has one."""
    return [ACTIONS[int(table[state][1] > table[state][0])] for state in range(1, 4)]


class RecyclingRobot:
    """The skill."""

    card = ROBOT

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Solve and learn; option `gamma` (0.9 as in the lecture)."""
        try:
            config = QLearning(gamma=float(options.get("gamma", 0.9)))
        except (TypeError, ValueError) as error:
            raise InvalidOption("gamma") from error
        best, learnt = exact(config.gamma), learn(config)
        progress(0.8)
        gap = max(
            abs(a - b) for row, other in zip(best, learnt, strict=True)
            for a, b in zip(row, other, strict=True)
        )  # fmt: skip
        rows = [
            [state, *(f"{value:.4g}" for value in values)]
            for state, values in zip(STATES, best, strict=True)
        ]
        data = {"gamma": config.gamma, "q": best, "learnt": learnt, "policy": policy(best)}
        return SkillResult(
            _text(config, best, gap), (table_picture(["", "left", "right"], rows),), data
        )

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """It learns while it runs; there is nothing to keep."""
        raise NotTrainable(self.card.name)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """The largest error of the learnt table against the exact one, over ten seeds."""
        best = exact(0.9)
        errors = [
            max(
                abs(a - b) for row, other in zip(best, learn(QLearning(seed=seed)), strict=True)
                for a, b in zip(row, other, strict=True)
            )
            for seed in range(10)
        ]  # fmt: skip
        return {"n": len(errors), "max_error": max(errors), "policy": policy(best)}


def _text(config: QLearning, best: QTable, gap: float) -> str:
    numbers = ", ".join(
        f"Q({STATES[state]},{ACTIONS[action]}) = {best[state][action]:.4g}"
        for state in range(1, 4)
        for action in range(2)
    )
    words = {"L": "left", "R": "right"}
    way = ", ".join(words[action] for action in policy(best))
    return (
        f"With discount {config.gamma:g}: {numbers}. The best policy from S2 to S4 is {way}. "
        "Each value is the reward on entering the next state plus the discounted best value there "
        f"(Bellman); below a discount of 0.4 the robot would rather take the 2 on its left. "
        f"Q-learning from {config.episodes} sampled episodes comes within {gap:.1g} of the table."
    )


SKILL = RecyclingRobot()
