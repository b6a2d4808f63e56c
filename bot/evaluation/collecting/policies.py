"""The policies whose replies are compared, by name: the rules, and simple ones to hold against."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue.acts import Act
from bot.policy.agents import Agent, Decision, RuleAgent


@dataclass(frozen=True)
class RandomAgent:
    """Any of the permitted acts, all alike."""

    chance: random.Random

    def choose(self, decision: Decision) -> Act:
        """One by chance."""
        return self.chance.choice(decision.candidates)


@dataclass(frozen=True)
class ConfirmingAgent:
    """Never acts before it has asked, wherever it may ask; else as the rules."""

    def choose(self, decision: Decision) -> Act:
        """To confirm, if that is permitted."""
        confirms = Act.CONFIRM in decision.candidates
        return Act.CONFIRM if confirms else decision.candidates[0]


POLICIES: Mapping[str, Callable[[random.Random], Agent]] = {
    "rule": lambda chance: RuleAgent(),
    "confirming": lambda chance: ConfirmingAgent(),
    "random": RandomAgent,
}

# Policies that hold conversations; the others are only asked what they would say in them.
LEADING = frozenset({"rule"})
