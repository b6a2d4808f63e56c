"""Draws simulated students, lets them talk, and turns points of their conversations into items."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.evaluation.collecting.branching import Branch, Tape, branch
from bot.evaluation.collecting.policies import available, leading, policy
from bot.evaluation.model import MOST_CANDIDATES, Candidate, Item, Said, Speaker
from bot.policy.simulator.ears.hearing import NoisyEar
from bot.policy.simulator.ears.misleading import Misleading
from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.values import Reply, User
from bot.policy.simulator.world.episode import run
from bot.policy.simulator.world.world import World

SIMULATED = "simulated"


@dataclass(frozen=True)
class Plan:
    """How to collect: the same plan on the same catalogue makes the same items.

    `noise` is the share of messages that are misunderstood as the NLU would; `points` is the most
    items that one conversation gives.
    """

    conversations: int
    seed: int
    noise: float = 0.2
    points: int = 2
    policies: tuple[str, ...] = field(default_factory=available)


@dataclass
class Collection:
    """The items, and what came of the rest: points at which all said the same, and points that
    could not be told again.
    """

    items: list[Item] = field(default_factory=list)
    conversations: int = 0
    open_points: int = 0
    same: int = 0
    diverged: int = 0


async def collect(world: World, plan: Plan) -> Collection:
    """Let the students talk one after another."""
    collector = _Collector(world, plan, Catalogue.read(world.campus.units, world.campus.today))
    for number in range(plan.conversations):
        await collector.conversation(number)
    return collector.found


@dataclass
class _Collector:
    world: World
    plan: Plan
    catalogue: Catalogue
    found: Collection = field(default_factory=Collection)

    async def conversation(self, number: int) -> None:
        """Draw a student, let it talk, and look at some of the points with a choice."""
        chance = random.Random(f"{self.plan.seed}\0{number}")
        user = draw(chance, self.catalogue)
        leaders = leading(self.plan.policies)
        leader = leaders[number % len(leaders)]
        tape = await self._talk(user, leader, chance)
        self.found.conversations += 1
        points = tape.open_turns()
        self.found.open_points += len(points)
        drawn = chance.sample(points, min(self.plan.points, len(points)))
        about = {
            "seed": self.plan.seed,
            "noise": self.plan.noise,
            "conversation": number,
            "goal": user.kind,
            "trait": user.trait.value,
            "leading": leader,
        }
        for turn in sorted(drawn):
            await self._point(user, tape, turn, chance, {**about, "turn": turn})

    async def _talk(self, user: User, leader: str, chance: random.Random) -> Tape:
        """A whole conversation under one policy."""
        misleading = Misleading(sorted(self.catalogue.courses))
        ear = NoisyEar(self.plan.noise, random.Random(chance.random()), misleading)
        agent = policy(leader, random.Random(chance.random()))
        tapes: list[Tape] = []

        def begin(suid: str) -> Tape:
            tapes.append(Tape.begun(self.world, agent, ear, suid))
            return tapes[0]

        await run(self.world.campus, user, begin)
        return tapes[0]

    async def _point(
        self, user: User, tape: Tape, turn: int, chance: random.Random, origin: dict[str, object]
    ) -> None:
        """Add the item of one point, if the policies differ there."""
        branches: dict[str, Branch] = {}
        for name in self.plan.policies:
            agent = policy(name, random.Random(chance.random()))
            told = await branch(self.world, user.beginning, tape, turn, agent)
            if told is None:
                self.found.diverged += 1
                return
            branches[name] = told
        different = _different(branches)
        if len(different) < 2:
            self.found.same += 1
            return
        shown = tuple(chance.sample(different, min(MOST_CANDIDATES, len(different))))
        context, seed = tuple(_context(tape, turn)), chance.randrange(2**31)
        self.found.items.append(Item(context, shown, SIMULATED, seed, origin))


def _different(branches: Mapping[str, Branch]) -> list[Candidate]:
    """One candidate for each different reply, credited to all who gave it; silence is no reply."""
    policies: dict[tuple[Said, ...], list[str]] = defaultdict(list)
    acts: dict[tuple[Said, ...], tuple[str, ...]] = {}
    for name, told in branches.items():
        messages = tuple(_quad(told.replies))
        if messages:
            policies[messages].append(name)
            acts.setdefault(messages, told.acts)
    return [Candidate(said, tuple(names), acts[said]) for said, names in policies.items()]


def _context(tape: Tape, turn: int) -> Iterator[Said]:
    """All that was said before the replies; the student's own words, however they were heard."""
    for place, said in enumerate(tape.said[: turn + 1]):
        yield Said(Speaker.STUDENT, said.text)
        if place < turn:
            yield from _quad(tape.replies[place])


def _quad(replies: Sequence[Reply]) -> Iterator[Said]:
    """What can be read of the replies: pictures and files have no words."""
    for reply in replies:
        if reply.text or reply.buttons:
            yield Said(Speaker.QUAD, reply.text, reply.buttons)
