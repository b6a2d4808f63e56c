"""Simulated students at the REST door of the whole running bot, several at a time.

Quad is started as `make run` starts it, in a folder and on ports of its own, with the agent that
config.yml names; nothing but texts goes to and fro, so that the figures include the NLU.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.policy.figures import Played
from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.world.episode import Outcome, run
from bot.policy.simulator.world.running import RunningQuad, running


@dataclass(frozen=True)
class Told:
    """One conversation that missed its goal, or in which something unwanted was done."""

    seed: int
    lines: tuple[str, ...]


async def talk(
    folder: Path, encoders: Path, students: Sequence[int], at_once: int
) -> tuple[list[Played], list[Told]]:
    """All these students, `at_once` at a time; the figures in their order, and what went wrong."""
    async with running(folder, encoders) as quad:
        catalogue = Catalogue.read(quad.campus.units, quad.campus.today)
        turns = asyncio.Semaphore(at_once)
        outcomes = await asyncio.gather(
            *(_one(quad, catalogue, number, turns) for number in students)
        )
    pairs = list(zip(students, outcomes, strict=True))
    missed = [Told(n, tuple(o.transcript)) for n, o in pairs if not o.success or o.wrong_acts]
    return [_played(number, outcome) for number, outcome in pairs], missed


async def _one(
    quad: RunningQuad, catalogue: Catalogue, number: int, turns: asyncio.Semaphore
) -> Outcome:
    async with turns:
        return await run(quad.campus, draw(number, catalogue), quad.talk())


def _played(number: int, outcome: Outcome) -> Played:
    return Played(
        number, outcome.kind, outcome.trait.value, outcome.success, outcome.turns,
        outcome.wrong_acts, outcome.reward,
    )  # fmt: skip
