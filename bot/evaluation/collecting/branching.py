"""The same conversation up to a point, and then another policy's turn.

Replies have effects: a class is enrolled in, a question is open. So a branch is not taken from a
conversation that went on, but told again from its beginning: another student with the same record
says the same, is heard in the same way, and gets the same acts until the point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from bot.dialogue.acts import Act
from bot.policy.agents import Agent, Decision
from bot.policy.simulator.ears.hearing import Ear, Heard
from bot.policy.simulator.values import Beginning, Reply, Utterance
from bot.policy.simulator.world.conversing import Chosen, Conversation
from bot.policy.simulator.world.world import World
from nlu.serving.engine import Said


@dataclass
class Tape:
    """A conversation that remembers what was said, heard and replied, turn by turn."""

    conversation: Conversation
    said: list[Utterance] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    replies: list[list[Reply]] = field(default_factory=list)

    @classmethod
    def begun(cls, world: World, agent: Agent, ear: Ear, suid: str) -> Tape:
        """A new conversation with that agent."""
        heard: list[Heard] = []
        return cls(Conversation(world, agent, _Listening(ear, heard), suid), heard=heard)

    @property
    def chosen(self) -> list[Chosen]:
        """The policy's decisions."""
        return self.conversation.chosen

    @property
    def noted(self) -> str:
        """What was heard and done in the last turn."""
        return self.conversation.noted

    async def say(self, said: Utterance) -> list[Reply]:
        """One message; the bot's replies to it."""
        replies = await self.conversation.say(said)
        self.said.append(said)
        self.replies.append(replies)
        return replies

    def open_turns(self) -> list[int]:
        """Turns in which there was something to choose."""
        return sorted({each.turn for each in self.chosen if len(each.decision.candidates) > 1})


@dataclass(frozen=True)
class Branch:
    """What a policy says, and by which acts."""

    replies: tuple[Reply, ...]
    acts: tuple[str, ...]


async def branch(
    world: World, beginning: Beginning, tape: Tape, turn: int, agent: Agent
) -> Branch | None:
    """The agent's turn after the conversation so far; None when it could not be told again."""
    acts = [each.act for each in tape.chosen if each.turn < turn]
    suid = world.campus.admit(beginning)
    ear = _Repeating(iter(tape.heard))
    again = Conversation(world, _Prompted(iter(acts), agent), ear, suid)
    try:
        for place in range(turn):
            replies = await again.say(tape.said[place])
            if not _alike(replies, suid, tape.replies[place], tape.conversation.suid):
                return None
        replies = await again.say(tape.said[turn])
    finally:
        world.campus.leave(suid)
    own = (each.act for each in again.chosen if each.turn == turn)
    return Branch(tuple(replies), tuple(act.value for act in own if act is not Act.LISTEN))


@dataclass
class _Listening:
    """Hears, and keeps what was heard."""

    ear: Ear
    heard: list[Heard]

    def hear(self, said: Utterance, past: Sequence[Said]) -> Heard:
        found = self.ear.hear(said, past)
        self.heard.append(deepcopy(found))
        return found


@dataclass
class _Repeating:
    """Hears what was heard before."""

    heard: Iterator[Heard]

    def hear(self, said: Utterance, past: Sequence[Said]) -> Heard:
        return deepcopy(next(self.heard))


@dataclass
class _Prompted:
    """Repeats the acts of before, then lets the agent choose."""

    acts: Iterator[Act]
    agent: Agent

    def choose(self, decision: Decision) -> Act:
        prompted = next(self.acts, None)
        return self.agent.choose(decision) if prompted is None else prompted


def _alike(one: Sequence[Reply], one_suid: str, two: Sequence[Reply], two_suid: str) -> bool:
    def plain(replies: Sequence[Reply], suid: str) -> list[tuple[str, tuple[str, ...]]]:
        return [(reply.text.replace(suid, ""), reply.buttons) for reply in replies]

    return plain(one, one_suid) == plain(two, two_suid)
