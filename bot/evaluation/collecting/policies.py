"""The policies whose replies are compared: rules, learned ones, two to hold them against."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.dialogue.acts import Act
from bot.policy.agents import Agent, Decision
from bot.policy.factory import AGENTS, WeightsUnfit, agent_of

CONFIRMING, RANDOM = SIMPLE = ("confirming", "random")


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


def policy(name: str, chance: random.Random) -> Agent:
    """A policy for one conversation; raise `UnknownAgent` or `WeightsUnfit`."""
    if name == RANDOM:
        return RandomAgent(chance)
    return ConfirmingAgent() if name == CONFIRMING else agent_of(name)


def available() -> tuple[str, ...]:
    """The names of all policies that can be had: learned ones only with weights that fit."""
    return tuple(name for name in (*AGENTS, *SIMPLE) if _fits(name))


def leading(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that hold conversations; the simple ones are only asked what they would say there."""
    return tuple(name for name in names if name not in SIMPLE) or names


def _fits(name: str) -> bool:
    try:
        policy(name, random.Random())
    except WeightsUnfit:
        return False
    return True
