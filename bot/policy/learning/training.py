"""A whole training: episodes, gradient steps, dev figures now and then, the best weights kept."""

from __future__ import annotations

import copy
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from bot.policy import seeds
from bot.policy.agents import Agent, RuleAgent
from bot.policy.features import choice
from bot.policy.learned import LearnedAgent, Recalling
from bot.policy.learning.curves import Row, write_rows
from bot.policy.learning.dqn import DQN
from bot.policy.learning.experience import Environment, Episode
from bot.policy.learning.gradient import PolicyGradient
from bot.policy.learning.saving import save, scorer_of
from bot.policy.learning.supervised import Imitation, Story, story_of, worth_telling

_EPOCHS_A_LOOK, _FEWEST = 4, 10


class TooFewStories(Exception):
    """The time was up, or nothing succeeded, before there was anything to imitate."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} stories are too few to learn from; at least {_FEWEST}")
        self.count = count


@dataclass(frozen=True)
class Plan:
    """How long and how carefully."""

    seed: int = 0
    episodes: int = 20_000  # of the learner itself
    minutes: float = 25.0  # after which a training ends early; nothing else depends on the clock
    every: int = 4000  # episodes between two looks at dev
    dev_episodes: int = 600  # a look: the same students each time, at all the noises

    def __post_init__(self) -> None:
        if min(self.episodes, self.every, self.dev_episodes) <= 0 or self.minutes <= 0:
            raise ValueError("episodes, minutes, every and dev_episodes must be positive")


@dataclass(frozen=True)
class Dev:
    """Figures on dev students."""

    reward: float
    success: float
    turns: float
    wrong_acts: float
    away: float  # share of the choices that were not the rules'


def reward_of(episode: Episode) -> float:
    """Everything received in an episode."""
    return sum(step.reward for step in episode.steps)


def look(environment: Environment, agent: Agent, episodes: int) -> Dev:
    """Play the dev students, a quarter at each noise."""
    played = [
        environment.play(seeds.dev(number), seeds.noise(number), agent)
        for number in range(episodes)
    ]
    return figures_of(played)


def figures_of(played: Sequence[Episode]) -> Dev:
    """Means over episodes."""
    choices = [
        choice(step.decision, step.act) != 0
        for episode in played for step in episode.steps if len(step.decision.candidates) > 1
    ]  # fmt: skip
    return Dev(
        _mean([reward_of(episode) for episode in played]),
        _mean([float(episode.success) for episode in played]),
        _mean([float(episode.turns) for episode in played]),
        _mean([float(episode.wrong_acts) for episode in played]),
        _mean([float(each) for each in choices]),
    )


def training_episodes(
    environment: Environment, agent: Agent, seed: int, first: int, count: int
) -> Iterator[Episode]:
    """Episodes with this training's own students."""
    for number in range(first, first + count):
        student = seeds.trained(seed, number)
        yield environment.play(student, seeds.noise(student), agent)


class Course:
    """The rows of a training's curve and its best weights."""

    def __init__(self, environment: Environment, plan: Plan, folder: Path) -> None:
        self.environment, self.plan, self.folder = environment, plan, folder
        self.begun = time.monotonic()
        self.rows: list[Row] = []
        self.best: Row | None = None

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.begun > 60 * self.plan.minutes

    def note(
        self, episode: int, loss: float, network: nn.Module, memory: int = 0, benefit: float = 0.0
    ) -> None:
        """Look at dev; keep the weights when they are the best so far."""
        agent: Agent = LearnedAgent(scorer_of(network, memory, benefit))
        agent = Recalling(agent, memory) if memory else agent
        dev = look(self.environment, agent, self.plan.dev_episodes)
        row = Row(
            episode, loss, dev.reward, dev.success, dev.turns, dev.wrong_acts, dev.away,
            time.monotonic() - self.begun,
        )  # fmt: skip
        self.rows.append(row)
        sys.stderr.write(json.dumps(row.plain()) + "\n")
        if self.best is None or row.reward > self.best.reward:
            self.best = row
            save(network, self.folder, memory, benefit)
        write_rows(self.folder, self.rows)


def train(learner: DQN | PolicyGradient, course: Course) -> None:
    """Reinforcement: play, learn, look."""
    environment, plan = course.environment, course.plan
    first = learner.config.watched
    learner.watch(list(training_episodes(environment, RuleAgent(), plan.seed, 0, first)))
    benefit = learner.config.benefit if isinstance(learner, DQN) else 0.0
    losses: list[float] = []
    played = training_episodes(environment, learner, plan.seed, first, plan.episodes)
    for number, episode in enumerate(played, start=1):
        loss = learner.learn(episode, number / plan.episodes)
        losses += [] if loss is None else [loss]
        last = number == plan.episodes or course.late
        if last or number % plan.every == 0:
            course.note(number, _mean(losses), learner.served, benefit=benefit)
            losses = []
        if last:
            return


def imitate(learner: Imitation, course: Course) -> dict[str, float]:
    """Supervised: collect the rule agent's good dialogues, then epochs; the best by held-out loss.

    The dev students are played after every fourth epoch, for the curve.
    """
    config = learner.config
    stories: list[Story] = []
    played = training_episodes(course.environment, RuleAgent(), course.plan.seed, 0, config.stories)
    for episode in played:
        stories += [story_of(episode.steps)] if worth_telling(episode) else []
        if course.late:
            break
    if len(stories) < _FEWEST:
        raise TooFewStories(len(stories))
    learned, held_out = learner.split(stories)
    best: dict[str, float] = {}
    kept: dict[str, torch.Tensor] = {}
    for epoch in range(1, config.epochs + 1):
        loss = learner.epoch(learned)
        measured = learner.measured(held_out)
        if not best or measured["held_out_loss"] < best["held_out_loss"]:
            best = {"stories": float(len(stories)), "epoch": float(epoch), **measured}
            kept = copy.deepcopy(learner.network.state_dict())
        if epoch % _EPOCHS_A_LOOK == 0:
            course.note(epoch, loss, learner.network, config.memory)
    learner.network.load_state_dict(kept)
    course.best = None  # the lowest held-out loss chooses here, not dev
    course.note(int(best["epoch"]), best["held_out_loss"], learner.network, config.memory)
    return best


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
