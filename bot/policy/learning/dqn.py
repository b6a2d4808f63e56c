"""Deep Q-learning (CS230 lecture 9) of what to choose: double, dueling, masked.

y = r + γ Q'(s', argmax_a Q(s', a)) over the permitted a, and y = r when s' is no more. y is held
constant: it comes from a copy of the network that is refreshed now and then (Mnih et al. 2015),
while the network itself says which choice would be the best one (van Hasselt et al. 2016).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from bot.dialogue.acts import Act
from bot.policy.agents import Decision
from bot.policy.features import choice, encode
from bot.policy.learning.experience import Batch, Episode, Replay, transitions
from bot.policy.learning.network import DuelingNetwork, permitted

STRAIGHT = 3.0  # in units of a success
_EXAMPLES = 4000  # from which mean and spread of the features are taken


@dataclass(frozen=True)
class DQNConfig:
    """Hyperparameters."""

    width: int = 48
    gamma: float = 1.0  # of a turn: a dialogue ends by itself
    rate: float = 4e-4
    decay: float = 0.02  # of weights: what is rare is soon learned by heart
    batch: int = 128
    replay: int = 120_000  # transitions: all of a training's
    watched: int = 1000  # episodes of the rule agent in the replay before anything is learned
    updates: int = 1  # gradient steps an episode
    refresh: int = 500  # gradient steps between two copies
    explore_first: float = 0.5  # ε at the beginning; few decisions have a choice at all
    explore_last: float = 0.1  # at the end
    explored: float = 0.6  # of the episodes, after which ε stays
    benefit: float = 0.15  # of the doubt, against confirming and asking again; chosen on dev
    keep: float = 0.998  # of the running mean of the weights that is served

    def __post_init__(self) -> None:
        if not (0 <= self.gamma <= 1 and 0 <= self.explore_last <= self.explore_first <= 1):
            raise ValueError("gamma and both explore must be shares, the last not above the first")

    def epsilon(self, progress: float) -> float:
        """The share of random choices when so much of the episodes is played."""
        done = min(progress / self.explored, 1.0)
        return self.explore_first + done * (self.explore_last - self.explore_first)


def target(online: nn.Module, copied: nn.Module, batch: Batch) -> torch.Tensor:
    """y, (B,): no gradient ever goes through it."""
    with torch.no_grad():
        best = permitted(online(batch.following), batch.following_mask).argmax(1)  # (B,)
        worth = copied(batch.following).gather(1, best[:, None]).squeeze(1)  # (B,)
        y: torch.Tensor = batch.reward + batch.discount * worth
        return y


def loss(online: nn.Module, copied: nn.Module, batch: Batch) -> torch.Tensor:
    """Huber's, straight only beyond a wrong act's error: that is rare, and if it were cut its
    risk would be thought too small.
    """
    q = online(batch.features).gather(1, batch.choice[:, None]).squeeze(1)  # (B,)
    return nn.functional.smooth_l1_loss(q, target(online, copied, batch), beta=STRAIGHT)


class DQN:
    """The learner: explores among the candidates, remembers, and learns after each episode."""

    name = "dqn"

    def __init__(self, config: DQNConfig, seed: int) -> None:
        torch.manual_seed(seed)
        self.config = config
        self._chance = np.random.default_rng(seed)
        self._replay = Replay(config.replay, np.random.default_rng(seed + 1))
        self.online = DuelingNetwork(width=config.width)
        self._copied = copy.deepcopy(self.online)
        self.served = copy.deepcopy(self.online)
        self._optimiser = torch.optim.AdamW(
            self.online.parameters(), lr=config.rate, weight_decay=config.decay
        )
        self._epsilon, self._updates = config.explore_first, 0

    def choose(self, decision: Decision) -> Act:
        """ε-greedy among the candidates, never outside of them."""
        acts = decision.candidates
        if len(acts) == 1:
            return acts[0]
        if self._chance.random() < self._epsilon:
            return self._explored(acts)
        with torch.no_grad():
            q = self.online(torch.from_numpy(encode(decision))[None])[0]
        return max(acts, key=lambda act: float(q[choice(decision, act)]))

    def _explored(self, acts: Sequence[Act]) -> Act:
        """One by chance; asking what was meant, which few decisions allow, as often as all else."""
        if Act.ASK_MEANING in acts and self._chance.random() < 0.5:
            return Act.ASK_MEANING
        return acts[int(self._chance.integers(len(acts)))]

    def watch(self, episodes: Sequence[Episode]) -> None:
        """Begin with what the rule agent lived through (replay buffer spiking, Lipton et al. 2018),
        and with the mean and spread of its features.
        """
        for episode in episodes:
            self._replay.extend(transitions(episode.steps, self.config.gamma))
        if len(self._replay):
            features = self._replay.sample(_EXAMPLES).features
            for network in (self.online, self._copied, self.served):
                network.fit(features)

    def learn(self, episode: Episode, progress: float) -> float | None:
        """Take in one episode of its own; the mean loss of the gradient steps made."""
        self._epsilon = self.config.epsilon(progress)
        self._replay.extend(transitions(episode.steps, self.config.gamma))
        if len(self._replay) < self.config.batch:
            return None
        losses = [self._update() for _ in range(self.config.updates)]
        return sum(losses) / len(losses)

    def _update(self) -> float:
        error = loss(self.online, self._copied, self._replay.sample(self.config.batch))
        self._optimiser.zero_grad()
        error.backward()
        nn.utils.clip_grad_norm_(self.online.parameters(), 5.0)
        self._optimiser.step()
        self._updates += 1
        average(self.served, self.online, self.config.keep, self._updates)
        if self._updates % self.config.refresh == 0:
            self._copied.load_state_dict(self.online.state_dict())
        return float(error.detach())


def average(mean: nn.Module, network: nn.Module, keep: float, updates: int) -> None:
    """Move the running mean of the weights towards the network; quicker in the beginning."""
    share = 1.0 - min(keep, updates / (updates + 10.0))
    with torch.no_grad():
        for kept, now in zip(mean.parameters(), network.parameters(), strict=True):
            kept.lerp_(now, share)
