"""Trains a dialogue policy: `python -m bot.policy.train --agent dqn --seed 0`.

On simulated students alone (`bot.policy.seeds` says which); the same seed and number of episodes
give the same weights. `--minutes` ends a training early. `make train-policy` trains all three.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from bot.policy import seeds
from bot.policy.agents import Agent, RuleAgent
from bot.policy.environment import students
from bot.policy.factory import LEARNED, WEIGHTS, agent_of
from bot.policy.learned import Recalling, memory_of
from bot.policy.learning.card import Report, write_card
from bot.policy.learning.curves import PICTURE, Row, draw
from bot.policy.learning.dqn import DQN, DQNConfig
from bot.policy.learning.experience import Environment, Episode
from bot.policy.learning.gradient import GradientConfig, PolicyGradient
from bot.policy.learning.habits import habits
from bot.policy.learning.supervised import Imitation, SupervisedConfig
from bot.policy.learning.training import Course, Dev, Plan, figures_of, imitate, train

_ENCODERS = Path("var/encoders")
_UNSEEN = 500_000  # dev students from here on choose no checkpoint


def run(name: str, plan: Plan, environment: Environment, out: Path, reported: int) -> Report:
    """One whole training; weights, curve, card and figures go to `out`/`name`."""
    folder = out / name
    course = Course(environment, plan, folder)
    more: dict[str, float] = {}
    learner: DQN | PolicyGradient | Imitation
    if name == "supervised":
        learner = Imitation(SupervisedConfig(), plan.seed)
        more = imitate(learner, course)
    else:
        learner = (
            DQN(DQNConfig(), plan.seed)
            if name == "dqn"
            else PolicyGradient(GradientConfig(), plan.seed)
        )
        train(learner, course)
    played = unseen(environment, agent_of(name, out), reported)
    rules = figures_of(unseen(environment, RuleAgent(), reported))
    report = Report(
        name, plan, asdict(learner.config), course.rows, figures_of(played), rules,
        habits(played), more,
    )  # fmt: skip
    draw(folder / PICTURE, {name: course.rows}, _level(rules))
    write_card(folder, report)
    return report


def unseen(environment: Environment, agent: Agent, count: int) -> list[Episode]:
    """Dev students that no checkpoint was chosen on."""
    recalling = Recalling(agent, memory_of(agent))
    numbers = range(_UNSEEN, _UNSEEN + count)
    return [
        environment.play(seeds.dev(number), seeds.noise(number), recalling) for number in numbers
    ]


def _level(dev: Dev) -> Row:
    return Row(0, 0.0, dev.reward, dev.success, dev.turns, dev.wrong_acts, dev.away, 0.0)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bot.policy.train", description=__doc__)
    parser.add_argument("--agent", choices=LEARNED, required=True)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--episodes", type=int, default=Plan.episodes)
    parser.add_argument("--minutes", type=float, default=Plan.minutes)
    parser.add_argument("--reported", type=int, default=1000, help="dialogues behind the card")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--encoders", type=Path, default=_ENCODERS)
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    logging.getLogger("actions").setLevel(logging.ERROR)
    plan = Plan(given.seed, given.episodes, given.minutes)
    with tempfile.TemporaryDirectory() as folder, students(Path(folder), given.encoders) as world:
        report = run(given.agent, plan, world, given.out, given.reported)
    sys.stdout.write((given.out / given.agent / "metrics.json").read_text())
    sys.stderr.write(f"{report.agent}: {report.dev} against the rules' {report.rules}\n")


if __name__ == "__main__":
    main()
