"""What a learner gets to see: episodes, compressed to the decisions at which there was a choice.

Of a dialogue's decisions most have one candidate. Between two decisions with several, whatever was
received is summed, and the later one is discounted by the turns that lie between: the dialogue as a
semi-Markov decision process (Sutton, Precup and Singh 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from bot.dialogue.acts import Act
from bot.policy.agents import Agent, Decision
from bot.policy.features import CHOICES, LAYOUT, Mask, Vector, choice, encode, mask

REWARD_SCALE = 6.0  # a success: what the networks learn lies between about -2 and 1


class Step(Protocol):
    """One decision, what was chosen, and everything received until the next one."""

    @property
    def decision(self) -> Decision:
        """The point."""
        ...

    @property
    def act(self) -> Act:
        """What was chosen there."""
        ...

    @property
    def reward(self) -> float:
        """In units of the task: success 6, failure -3, a turn -1, a wrong act -6."""
        ...


class Episode(Protocol):
    """A whole conversation with one simulated student."""

    @property
    def success(self) -> bool:
        """Whether the student's goal was reached."""
        ...

    @property
    def turns(self) -> int:
        """Messages of the student."""
        ...

    @property
    def wrong_acts(self) -> int:
        """Changes of the record that the student did not want."""
        ...

    @property
    def kind(self) -> str:
        """Of the goal."""
        ...

    @property
    def trait(self) -> str:
        """What makes the goal hard."""
        ...

    @property
    def steps(self) -> Sequence[Step]:
        """All decisions in order."""
        ...


class Environment(Protocol):
    """Plays episodes: the same seed is the same student with the same goal."""

    def play(self, seed: int, noise: float, agent: Agent) -> Episode:
        """One conversation at this rate of misheard turns."""
        ...


@dataclass(frozen=True)
class Transition:
    """One decision with a choice, and the next one; `discount` is 0 when there is none."""

    features: Vector  # (LAYOUT,)
    mask: Mask  # (CHOICES,)
    choice: int
    reward: float  # in units of a success
    following: Vector  # (LAYOUT,)
    following_mask: Mask  # (CHOICES,)
    discount: float


def transitions(steps: Sequence[Step], gamma: float) -> list[Transition]:
    """The transitions of one episode; `gamma` is the discount of one turn."""
    places = [place for place, step in enumerate(steps) if len(step.decision.candidates) > 1]
    spans = pairwise([*places, len(steps)])
    return [_transition(steps, place, end, gamma) for place, end in spans]


def _transition(steps: Sequence[Step], place: int, end: int, gamma: float) -> Transition:
    first = steps[place]
    begin = first.decision.state.turn
    received = sum(
        gamma ** (step.decision.state.turn - begin) * step.reward for step in steps[place:end]
    )
    seen, allowed = encode(first.decision), mask(first.decision)
    chosen = choice(first.decision, first.act)
    if end == len(steps):
        nothing, anything = np.zeros(len(LAYOUT), np.float32), np.ones(len(CHOICES), np.bool_)
        return Transition(
            seen, allowed, chosen, received / REWARD_SCALE, nothing, anything, discount=0.0
        )
    following = steps[end].decision
    discount = gamma ** (following.state.turn - begin)
    return Transition(
        seen, allowed, chosen, received / REWARD_SCALE, encode(following), mask(following), discount
    )


@dataclass(frozen=True)
class Batch:
    """Transitions as tensors, the first dimension B over all."""

    features: torch.Tensor  # (B, LAYOUT)
    mask: torch.Tensor  # (B, CHOICES)
    choice: torch.Tensor  # (B,)
    reward: torch.Tensor  # (B,)
    following: torch.Tensor  # (B, LAYOUT)
    following_mask: torch.Tensor  # (B, CHOICES)
    discount: torch.Tensor  # (B,)


def batch_of(part: Sequence[Transition]) -> Batch:
    """These transitions, one a row."""
    return Batch(
        torch.from_numpy(np.stack([each.features for each in part])),
        torch.from_numpy(np.stack([each.mask for each in part])),
        torch.tensor([each.choice for each in part]),
        torch.tensor([each.reward for each in part], dtype=torch.float32),
        torch.from_numpy(np.stack([each.following for each in part])),
        torch.from_numpy(np.stack([each.following_mask for each in part])),
        torch.tensor([each.discount for each in part], dtype=torch.float32),
    )


class Replay:
    """The last transitions, sampled evenly: each is learned from many times, and not in order."""

    def __init__(self, capacity: int, chance: np.random.Generator) -> None:
        self._kept: list[Transition] = []
        self._capacity, self._next, self._chance = capacity, 0, chance

    def __len__(self) -> int:
        return len(self._kept)

    def extend(self, more: Sequence[Transition]) -> None:
        """Add these; the oldest go when it is full."""
        for each in more:
            if len(self._kept) < self._capacity:
                self._kept.append(each)
            else:
                self._kept[self._next] = each
                self._next = (self._next + 1) % self._capacity

    def sample(self, size: int) -> Batch:
        """A batch of this size, with replacement."""
        places: NDArray[np.int64] = self._chance.integers(len(self._kept), size=size)
        return batch_of([self._kept[place] for place in places])
