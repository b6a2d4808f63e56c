"""How well a policy does: `python -m bot.policy.simulate --agent dqn --noise 0.2 --seeds 3 --json`.

Simulated students whose numbers no training and no choice of weights has seen (`bot.policy.seeds`)
talk to the bot in process, all agents to the very same ones. `--seeds` counts evaluation seeds,
each a different `--episodes` students; the weights are the committed ones unless `--weights` names
others. `--against rule` compares two agents student by student. `--curves PATH` draws how the
committed weights were learned.

`--text` starts the whole of Quad instead and lets the students type at its REST door: the figures
include the NLU, the agent is that of config.yml, and no noise is added. `--missed FILE` keeps the
conversations that went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.policy import seeds
from bot.policy.environment import students
from bot.policy.factory import AGENTS, LEARNED, WEIGHTS, agent_of
from bot.policy.figures import Played, by, compared, summary
from bot.policy.learned import Recalling, memory_of
from bot.policy.whole_bot import Told, talk

_ENCODERS = Path("var/encoders")
_AT_ONCE = 4  # students who type at the same time
Job = tuple[str, Path, Path, tuple[tuple[int, float], ...]]


def play(job: Job) -> list[Played]:
    """One process's share: an agent, its weights, the encoders, and students with their noise."""
    name, weights, encoders, drawn = job
    logging.getLogger("actions").setLevel(logging.ERROR)
    agent = agent_of(name, weights)
    agent = Recalling(agent, memory_of(agent)) if memory_of(agent) else agent
    with tempfile.TemporaryDirectory() as folder, students(Path(folder), encoders) as world:
        played = []
        for number, noise in drawn:
            outcome = world.play(number, noise, agent)
            played.append(
                Played(
                    number, outcome.kind, outcome.trait.value, outcome.success, outcome.turns,
                    outcome.wrong_acts, outcome.reward,
                )
            )  # fmt: skip
    return played


def played_by(
    name: str, drawn: Sequence[tuple[int, float]], weights: Path, encoders: Path, processes: int
) -> list[Played]:
    """All these students with one agent, shared among processes; in their order."""
    shares = [tuple(drawn[start::processes]) for start in range(processes)]
    jobs: list[Job] = [(name, weights, encoders, share) for share in shares if share]
    if len(jobs) <= 1:
        return [each for job in jobs for each in play(job)]
    with get_context("spawn").Pool(len(jobs)) as pool:
        played = [each for part in pool.map(play, jobs) for each in part]
    return sorted(played, key=lambda each: each.seed)


def report(name: str, played: Sequence[Played]) -> dict[str, Any]:
    """The figures of one agent at one noise."""
    parts = by(played, lambda each: f"seed {seeds.evaluation_of(each.seed)}")
    return {
        "agent": name,
        **summary(played),
        "by_seed": parts,
        "by_kind": by(played, lambda each: each.kind),
        "by_trait": by(played, lambda each: each.trait),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    given = _parser().parse_args(arguments)
    if given.curves is not None:
        _draw(given.weights, given.curves)
        return
    drawn = [
        (seeds.evaluated(seed, episode), given.noise)
        for seed in range(given.seeds) for episode in range(given.episodes)
    ]  # fmt: skip
    begun = time.monotonic()
    if given.text:
        played, missed = typed([number for number, _ in drawn], given.encoders)
        figures = {**report("as configured", played), "missed": [each.seed for each in missed]}
        figures["seconds"] = round(time.monotonic() - begun, 1)
        _keep(given.missed, missed)
        sys.stdout.write(json.dumps(figures, indent=None if given.json else 1) + "\n")
        return
    played = played_by(given.agent, drawn, given.weights, given.encoders, given.processes)
    figures = {"noise": given.noise, **report(given.agent, played)}
    figures["seconds"] = round(time.monotonic() - begun, 1)
    if given.against is not None:
        others = played_by(given.against, drawn, given.weights, given.encoders, given.processes)
        figures["against"] = report(given.against, others)
        figures["difference"] = compared(played, others)
    sys.stdout.write(json.dumps(figures, indent=None if given.json else 1) + "\n")


def typed(students: Sequence[int], encoders: Path) -> tuple[list[Played], list[Told]]:
    """All these students at the door of the running bot."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(talk(Path(folder), encoders, students, _AT_ONCE))


def _keep(path: Path | None, missed: Sequence[Told]) -> None:
    if path is not None:
        told = ("\n".join((f"##### {each.seed}", *each.lines, "")) for each in missed)
        path.write_text("\n".join(told))


def _draw(weights: Path, path: Path) -> None:
    from bot.policy.learning.curves import draw, read_rows

    draw(path, {name: read_rows(weights / name) for name in LEARNED if (weights / name).exists()})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.policy.simulate", description=__doc__)
    parser.add_argument("--agent", choices=AGENTS, default="rule")
    parser.add_argument("--against", choices=AGENTS, help="a second agent, compared in pairs")
    parser.add_argument("--episodes", type=int, default=1000, help="students an evaluation seed")
    parser.add_argument("--noise", type=float, default=0.2, help="share of misheard messages")
    parser.add_argument("--seeds", type=int, default=3, help="evaluation seeds, 7 at most")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--encoders", type=Path, default=_ENCODERS)
    parser.add_argument("--curves", type=Path, metavar="PNG", help="draw the learning curves only")
    parser.add_argument("--text", action="store_true", help="type to the whole running bot")
    parser.add_argument("--missed", type=Path, metavar="FILE", help="what went wrong by text")
    parser.add_argument("--json", action="store_true", help="one line")
    return parser


if __name__ == "__main__":
    main()
