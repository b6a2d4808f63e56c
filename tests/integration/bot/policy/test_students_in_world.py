"""Simulated students talk to the bot in process: what the rules can do, they reach."""

from __future__ import annotations

from bot.policy.agents import RuleAgent
from bot.policy.simulator.ears.hearing import ClearEar
from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.world.conversing import Conversation
from bot.policy.simulator.world.episode import Outcome, run
from bot.policy.simulator.world.world import World

STUDENTS = 60
_FEWEST = 0.95  # of the goals are reached where every word is understood


async def episode(world: World, seed: int, offerings: Catalogue) -> Outcome:
    return await run(
        world.campus,
        draw(seed, offerings),
        lambda suid: Conversation(world, RuleAgent(), ClearEar(), suid),
    )


async def test_students_who_are_understood_reach_their_goals(world: World) -> None:
    offerings = Catalogue.read(world.campus.units)
    outcomes = [await episode(world, seed, offerings) for seed in range(STUDENTS)]
    missed = ["\n".join(each.transcript) for each in outcomes if not each.success]
    assert len(missed) <= STUDENTS * (1 - _FEWEST), "\n\n".join(missed)
    assert sum(each.turns for each in outcomes) < 5 * STUDENTS
