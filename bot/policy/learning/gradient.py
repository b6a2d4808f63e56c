"""Policy gradient: PPO with a learned baseline over the decisions that have a choice.

∇J = E[∇ log π(a|s) · A], where A is what came of a choice beyond what the baseline expected
(generalised advantages, Schulman et al. 2016), and no step moves a probability far from where it
was when the episodes were played (the clipped objective, Schulman et al. 2017).
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
from bot.policy.features import choice, encode, mask
from bot.policy.learning.dqn import STRAIGHT, average
from bot.policy.learning.experience import Batch, Episode, Transition, batch_of, transitions
from bot.policy.learning.network import ActorCritic, permitted


@dataclass(frozen=True)
class GradientConfig:
    """Hyperparameters."""

    width: int = 64
    gamma: float = 0.99  # of a turn
    watched: int = 300  # episodes of the rule agent, for the mean and spread of the features
    lean: float = 1.0  # towards the rule's act before anything is learned
    rate: float = 2e-3
    episodes: int = 100  # played between two updates
    passes: int = 4  # over these episodes' decisions
    batch: int = 64
    clip: float = 0.2
    trace: float = 0.95  # λ of the generalised advantages
    entropy: float = 0.05  # bonus for staying undecided at the beginning; falls to a tenth
    keep: float = 0.99  # of the running mean of the weights that is served

    def __post_init__(self) -> None:
        if not (0 <= self.gamma <= 1 and 0 <= self.trace <= 1 and self.clip > 0):
            raise ValueError("gamma and trace must be shares, clip positive")


class PolicyGradient:
    """The learner: chooses by its own probabilities, and learns from many episodes at once."""

    name = "pg"

    def __init__(self, config: GradientConfig, seed: int) -> None:
        torch.manual_seed(seed)
        self.config = config
        self._chance = np.random.default_rng(seed)
        self.online = ActorCritic(width=config.width, lean=config.lean)
        self.served = copy.deepcopy(self.online)
        self._optimiser = torch.optim.Adam(self.online.parameters(), lr=config.rate)
        self._waiting: list[list[Transition]] = []
        self._updates = 0

    def choose(self, decision: Decision) -> Act:
        """A draw from the masked softmax."""
        acts = decision.candidates
        if len(acts) == 1:
            return acts[0]
        with torch.no_grad():
            logits = self.online(torch.from_numpy(encode(decision))[None])
            allowed = torch.from_numpy(mask(decision))[None]
            shares = torch.softmax(permitted(logits, allowed), 1)[0].double().numpy()
        weights = np.array([shares[choice(decision, act)] for act in acts])
        return acts[self._chance.choice(len(acts), p=weights / weights.sum())]

    def watch(self, episodes: Sequence[Episode]) -> None:
        """Take mean and spread of the features from what the rule agent lived through."""
        seen = [each for one in episodes for each in transitions(one.steps, self.config.gamma)]
        if seen:
            features = batch_of(seen).features
            self.online.fit(features)
            self.served.fit(features)

    def learn(self, episode: Episode, progress: float) -> float | None:
        """Take in one episode; the mean loss when there were enough of them for an update."""
        if seen := transitions(episode.steps, self.config.gamma):
            self._waiting.append(seen)
        if len(self._waiting) < self.config.episodes:
            return None
        waiting, self._waiting = self._waiting, []
        batch = batch_of([each for one in waiting for each in one])
        gains = torch.cat([self._advantages(one) for one in waiting])  # (B,)
        return self._update(batch, gains, self.config.entropy * (1.0 - 0.9 * min(progress, 1.0)))

    def _advantages(self, episode: list[Transition]) -> torch.Tensor:
        """Generalised advantages of one episode's decisions, (T,)."""
        batch = batch_of(episode)
        with torch.no_grad():
            surprise = (
                batch.reward
                + batch.discount * self.online.worth(batch.following)
                - self.online.worth(batch.features)
            )  # (T,)
        gains = torch.zeros(len(episode))
        later = torch.tensor(0.0)
        for place in reversed(range(len(episode))):
            later = surprise[place] + batch.discount[place] * self.config.trace * later
            gains[place] = later
        return gains

    def _update(self, batch: Batch, gains: torch.Tensor, entropy: float) -> float:
        with torch.no_grad():
            before = self._log_shares(batch).gather(1, batch.choice[:, None]).squeeze(1)  # (B,)
            wanted = gains + self.online.worth(batch.features)  # (B,)
        gains = (gains - gains.mean()) / (gains.std() + 1e-6)
        losses: list[float] = []
        for _ in range(self.config.passes):
            for part in np.array_split(
                self._chance.permutation(len(gains)), max(len(gains) // self.config.batch, 1)
            ):
                chosen = torch.from_numpy(part)
                error = self._loss(
                    rows(batch, chosen), before[chosen], gains[chosen], wanted[chosen], entropy
                )
                self._optimiser.zero_grad()
                error.backward()
                nn.utils.clip_grad_norm_(self.online.parameters(), 0.5)
                self._optimiser.step()
                self._updates += 1
                average(self.served, self.online, self.config.keep, self._updates)
                losses.append(float(error.detach()))
        return sum(losses) / len(losses)

    def _log_shares(self, batch: Batch) -> torch.Tensor:
        return torch.log_softmax(permitted(self.online(batch.features), batch.mask), 1)

    def _loss(
        self, batch: Batch, before: torch.Tensor, gains: torch.Tensor, wanted: torch.Tensor,
        entropy: float,
    ) -> torch.Tensor:  # fmt: skip
        shares = self._log_shares(batch)  # (B, choices)
        now = shares.gather(1, batch.choice[:, None]).squeeze(1)  # (B,)
        undecided = -(shares.exp() * shares.masked_fill(~batch.mask, 0.0)).sum(1).mean()
        error = nn.functional.smooth_l1_loss(
            self.online.worth(batch.features), wanted, beta=STRAIGHT
        )
        return clipped(now - before, gains, self.config.clip) + 0.5 * error - entropy * undecided


def clipped(change: torch.Tensor, gains: torch.Tensor, clip: float) -> torch.Tensor:
    """PPO's objective as a loss; `change` is log π - log π before, (B,)."""
    ratio = change.exp()
    return -torch.minimum(ratio * gains, ratio.clamp(1 - clip, 1 + clip) * gains).mean()


def rows(batch: Batch, chosen: torch.Tensor) -> Batch:
    """Some rows of a batch."""
    return Batch(*(getattr(batch, name)[chosen] for name in Batch.__dataclass_fields__))
