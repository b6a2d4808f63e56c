"""Whole small trainings on the noisy task: they learn, and the same seed learns the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from noisy_task import NoisyTask
from safetensors.numpy import load_file

from bot.policy import seeds
from bot.policy.agents import Agent, RuleAgent
from bot.policy.factory import FILE, agent_of
from bot.policy.learned import Recalling, memory_of
from bot.policy.learning.curves import PICTURE, draw, read_rows
from bot.policy.learning.dqn import DQN, DQNConfig
from bot.policy.learning.gradient import GradientConfig, PolicyGradient
from bot.policy.learning.habits import habits
from bot.policy.learning.supervised import Imitation, SupervisedConfig
from bot.policy.learning.training import (
    Course,
    Plan,
    TooFewStories,
    figures_of,
    imitate,
    look,
    train,
)

TASK = NoisyTask()
SHORT = Plan(seed=0, episodes=700, every=350, dev_episodes=100)


def reward(agent: Agent) -> float:
    """On students of the evaluation, at 20% noise."""
    played = [TASK.play(seeds.evaluated(0, number), 0.2, agent) for number in range(300)]
    return figures_of(played).reward


@pytest.mark.parametrize("seed", [0, 1])
def test_deep_q_learning_is_far_better_than_the_rules(tmp_path: Path, seed: int) -> None:
    course = Course(TASK, Plan(seed, 500, every=250, dev_episodes=60), tmp_path / "dqn")
    train(DQN(DQNConfig(rate=1e-3, watched=200), seed), course)
    assert reward(agent_of("dqn", tmp_path)) > reward(RuleAgent()) + 2.0


def test_the_policy_gradient_is_far_better_than_the_rules(tmp_path: Path) -> None:
    course = Course(TASK, Plan(0, 1500, every=750, dev_episodes=60), tmp_path / "pg")
    train(PolicyGradient(GradientConfig(watched=200), 0), course)
    assert reward(agent_of("pg", tmp_path)) > reward(RuleAgent()) + 2.0


def test_imitation_becomes_its_teacher(tmp_path: Path) -> None:
    config = SupervisedConfig(width=16, memory=3, stories=200, epochs=8, batch=32)
    found = imitate(Imitation(config, 0), Course(TASK, SHORT, tmp_path / "supervised"))
    assert found["accuracy"] > 0.95
    agent = agent_of("supervised", tmp_path)
    assert memory_of(agent) == 3
    assert reward(Recalling(agent, 3)) == pytest.approx(reward(RuleAgent()), abs=1.0)


def test_nothing_is_imitated_without_stories(tmp_path: Path) -> None:
    config = SupervisedConfig(stories=5)
    with pytest.raises(TooFewStories, match="too few"):
        imitate(Imitation(config, 0), Course(TASK, SHORT, tmp_path))


def test_the_same_seed_learns_the_same_and_another_does_not(tmp_path: Path) -> None:
    plan = {"episodes": 150, "every": 150, "dev_episodes": 10}
    for name, seed in (("one", 0), ("same", 0), ("other", 1)):
        course = Course(TASK, Plan(seed=seed, **plan), tmp_path / name)
        train(DQN(DQNConfig(watched=50), seed), course)
    one, same, other = (load_file(tmp_path / n / FILE) for n in ("one", "same", "other"))
    assert all((one[name] == same[name]).all() for name in one)
    assert any((one[name] != other[name]).any() for name in one)


def test_a_curve_is_written_read_and_drawn(tmp_path: Path) -> None:
    course = Course(TASK, Plan(0, 60, every=20, dev_episodes=10), tmp_path)
    train(DQN(DQNConfig(watched=20), 0), course)
    rows = read_rows(tmp_path)
    assert [row.episode for row in rows] == [20, 40, 60]
    assert max(row.reward for row in rows) == pytest.approx(course.best.reward, abs=1e-3)
    draw(tmp_path / PICTURE, {"dqn": rows}, rows[0])
    assert (tmp_path / PICTURE).read_bytes()[:4] == b"\x89PNG"


def test_a_training_ends_when_its_time_is_up(tmp_path: Path) -> None:
    course = Course(TASK, Plan(0, 10_000, minutes=0.001, dev_episodes=5), tmp_path)
    train(DQN(DQNConfig(watched=20), 0), course)
    assert len(course.rows) == 1
    assert course.rows[0].episode < 10_000


def test_habits_tell_from_which_certainty_on_it_acts() -> None:
    found = habits([TASK.play(number, 0.2, RuleAgent()) for number in range(100)])
    assert sum(habit.decisions for habit in found) == 100
    assert all(habit.acts == 1.0 and habit.confirms == 0.0 for habit in found)


def test_no_student_is_shared(tmp_path: Path) -> None:
    evaluated = {seeds.evaluated(seed, e) for seed in range(7) for e in (0, 99_999)}
    dev = {seeds.dev(0), seeds.dev(999_999)}
    trained = {seeds.trained(0, 0), seeds.trained(0, 9_999_999), seeds.trained(1, 0)}
    assert max(evaluated) < min(dev)
    assert max(dev) < min(trained)
    assert len(trained) == 3
    with pytest.raises(ValueError, match="evaluation"):
        seeds.evaluated(7, 0)


def test_a_look_is_of_the_same_students_each_time() -> None:
    assert look(TASK, RuleAgent(), 20) == look(TASK, RuleAgent(), 20)
