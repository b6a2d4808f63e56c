"""Simulated students as learners and evaluations play them: in process, one after another."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.policy.agents import Agent
from bot.policy.simulator.ears.hearing import ERRORS, NoisyEar
from bot.policy.simulator.ears.misleading import Misleading
from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.world.conversing import Conversation
from bot.policy.simulator.world.episode import Outcome, run
from bot.policy.simulator.world.world import World, opened


@dataclass(frozen=True)
class Students:
    """One world and all who can be drawn for it."""

    world: World
    catalogue: Catalogue
    errors: dict[str, Any]
    runner: asyncio.Runner

    def play(self, seed: int, noise: float, agent: Agent) -> Outcome:
        """One conversation; `noise`: the share of messages that are misheard."""
        return self.runner.run(self._play(seed, noise, agent))

    async def _play(self, seed: int, noise: float, agent: Agent) -> Outcome:
        student = draw(seed, self.catalogue)
        misleading = Misleading(tuple(self.catalogue.courses))
        ear = NoisyEar(noise, random.Random(f"ear {seed}"), misleading, self.errors)
        return await run(
            self.world.campus, student, lambda suid: Conversation(self.world, agent, ear, suid)
        )


@contextmanager
def students(folder: Path, encoders: Path) -> Iterator[Students]:
    """A world of its own in `folder`; `encoders`: where the packed sentence encoder lies."""
    with asyncio.Runner() as runner:
        held = AsyncExitStack()
        world = runner.run(held.enter_async_context(opened(folder, encoders, settled=True)))
        catalogue = Catalogue.read(world.campus.units, world.campus.today)
        try:
            yield Students(world, catalogue, json.loads(ERRORS.read_text()), runner)
        finally:
            runner.run(held.aclose())
