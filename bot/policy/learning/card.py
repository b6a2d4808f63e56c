"""The model card beside a policy's weights: what it is, what it lived through, how well it does."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.policy import seeds
from bot.policy.features import LAYOUT, SIGNATURE
from bot.policy.learning.curves import Row
from bot.policy.learning.habits import Habit
from bot.policy.learning.training import Dev, Plan

CARD, METRICS = "README.md", "metrics.json"
_WHAT = {
    "dqn": "Deep Q-network: double, dueling, target network, replay that begins with the rule "
    "agent's episodes (replay buffer spiking), ε-greedy among the candidates",
    "pg": "Policy gradient: PPO with a learned baseline, masked softmax, entropy bonus",
    "supervised": "LSTM over the dialogue's decisions that imitates the rule agent's good ones, "
    "for comparison",
}


@dataclass(frozen=True)
class Report:
    """All figures of one training."""

    agent: str
    plan: Plan
    hyperparameters: dict[str, Any]
    rows: Sequence[Row]
    dev: Dev  # of the weights that were kept, on students that chose nothing
    rules: Dev  # of the rule agent on the same students
    habits: Sequence[Habit]
    more: dict[str, float]


def write_card(folder: Path, report: Report) -> None:
    """Write README.md and metrics.json into the weights' folder."""
    plain = {
        "agent": report.agent,
        "signature": SIGNATURE,
        "plan": asdict(report.plan),
        "hyperparameters": report.hyperparameters,
        "dev": asdict(report.dev),
        "rules": asdict(report.rules),
        "habits": [asdict(habit) for habit in report.habits],
        **report.more,
    }
    (folder / METRICS).write_text(json.dumps(plain, indent=1) + "\n")
    (folder / CARD).write_text("\n".join(_lines(report)) + "\n")


def _lines(report: Report) -> list[str]:
    plan, last = report.plan, report.rows[-1]
    length = f"{last.episode} {'epochs' if report.agent == 'supervised' else 'episodes'}"
    if report.agent != "supervised" and last.episode < plan.episodes:
        length += f" of {plan.episodes} (ended by its time limit)"
    return [
        f"# Policy weights: {report.agent}",
        "",
        f"Made by `python -m bot.policy.train --agent {report.agent} --seed {plan.seed} --episodes "
        f"{plan.episodes}`; `metrics.json`, `training.csv` and `training.png` are of it.",
        "",
        "| | |",
        "|---|---|",
        f"| What | {_WHAT[report.agent]} |",
        f"| Sees | {len(LAYOUT)} numbers of a decision (`bot/policy/features.py`, {SIGNATURE}); "
        "what may be chosen at all is decided outside of it (`bot.dialogue.decide.candidates`) |",
        f"| Training | seed {plan.seed}, {length}, {last.seconds / 60:.1f} minutes, "
        f"{platform.machine()}, {os.cpu_count()} cores (shared), {datetime.now(UTC):%Y-%m-%d} |",
        "| Data | simulated students (`bot/policy/simulator`) alone, their goals from the sample "
        f"catalogue; {', '.join(map(str, seeds.NOISES))} of the messages misheard |",
        f"| Students | training {seeds.trained(plan.seed, 0)} and up, checkpoints chosen on "
        f"{seeds.dev(0)} and up, evaluation below {seeds.DEV} |",
        "",
        f"Hyperparameters: `{report.hyperparameters}`",
        *([f"More: `{report.more}`"] if report.more else []),
        "",
        "## On dev students that chose no checkpoint, all noises",
        "",
        "| | reward | success | turns | wrong acts a dialogue | choices that are not the rules' |",
        "|---|---|---|---|---|---|",
        _row(report.agent, report.dev),
        _row("rule", report.rules),
        "",
        "## What it does when it could act on the record at once",
        "",
        "By how certain the goal's least certain part is:",
        "",
        "| certainty | decisions | acts | confirms | asks again | asks what was meant |",
        "|---|---|---|---|---|---|",
        *(_habit(habit) for habit in report.habits),
        "",
        "Limits: it knows simulated students, whose patience and words are ours; whatever it "
        "prefers, nothing incomplete or guessed is ever acted on, since that is never offered.",
    ]


def _row(name: str, dev: Dev) -> str:
    return (
        f"| {name} | {dev.reward:.2f} | {dev.success:.3f} | {dev.turns:.2f} | "
        f"{dev.wrong_acts:.4f} | {dev.away:.2f} |"
    )


def _habit(habit: Habit) -> str:
    shares = (habit.acts, habit.confirms, habit.asks, habit.doubts)
    return f"| {habit.above:g} to {habit.below:g} | {habit.decisions} | " + " | ".join(
        f"{share:.2f}" for share in shares
    ) + " |"  # fmt: skip
