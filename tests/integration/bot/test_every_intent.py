"""Every intent in every state, through the real handlers and registrar: an act that fits, a reply,
the open question again in other words, and nothing on the record that was not asked for.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from walking import DIGRESSIONS, HARMLESS, MESSAGES, MUMBLE, WAYS, fitting, said

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.state import DialogueState
from bot.policy.agents import RuleAgent
from bot.policy.simulator.ears.hearing import ClearEar
from bot.policy.simulator.values import Beginning, Utterance
from bot.policy.simulator.world.conversing import Conversation
from bot.policy.simulator.world.world import World, opened
from nlu.schema import INTENTS

ENCODERS = Path(__file__).parents[3] / "var" / "encoders"
ASKING = {
    Act.ASK_CLASS, Act.ASK_QUARTER, Act.ASK_YEAR, Act.ASK_CHOICE, Act.CONFIRM, Act.ASK_MEANING,
}  # fmt: skip
SMALL = [
    said("it", "answer"), said("the second one", "answer"), said("both", "answer"),
    said("CS106A", "answer", "code=CS106A"), said("winter", "answer", "quarter=winter"),
    said("not winter", "answer", "quarter=winter"), said("forget the year", "answer"),
    said("2019", "answer", "year=2019"), said("monday", "answer", "day=monday"),
    said("drop it", "drop"), said("swap it for CS106B", "swap", "code:add=CS106B"),
    said("enroll me in the first", "enroll"), said("undo", "cancel"), said("more", "inform"),
    said("move it to spring", "swap", "quarter=spring"), said("switch my lab to monday", "swap"),
    said("and in spring?", "inform", "quarter=spring"), said("", "other"), said("?", "other"),
    said("enroll me in CHEM33 for spring 2019", "enroll", "code=CHEM33", "quarter=spring",
         "year=2019"),
    MUMBLE,
]  # fmt: skip


@pytest.fixture
async def world(seeded_file: Path, tmp_path: Path):
    shutil.copy(seeded_file, tmp_path / "quad.db")
    async with opened(tmp_path, ENCODERS) as each:
        yield each


@dataclass(frozen=True)
class Turn:
    """What one message led to: acts, texts, and whether the record is another one after it."""

    acts: list[Act]
    texts: list[str]
    changed: bool


class Walk:
    """A conversation of which each turn is looked at."""

    def __init__(self, world: World) -> None:
        self.campus = world.campus
        self.suid = world.campus.admit(Beginning())
        self.talk = Conversation(world, RuleAgent(), ClearEar(), self.suid)

    async def say(self, utterance: Utterance) -> Turn:
        before, begun = self.campus.record(self.suid), len(self.talk.chosen)
        replies = await self.talk.say(utterance)
        acts = [chosen.act for chosen in self.talk.chosen[begun:] if chosen.act is not Act.LISTEN]
        texts = [reply.text for reply in replies]
        return Turn(acts, texts, self.campus.record(self.suid) != before)

    @property
    def state(self) -> DialogueState:
        return self.talk.state


def test_there_is_a_message_of_every_intent() -> None:
    assert set(MESSAGES) == set(INTENTS)


async def test_every_intent_has_an_act_that_fits_in_every_state(world: World) -> None:
    faults = []
    for way, (messages, question) in WAYS.items():
        for intent, message in MESSAGES.items():
            walk = Walk(world)
            told: list[str] = []
            for each in messages:
                told = (await walk.say(each)).texts
            reached = walk.state.question
            assert (reached.ask if reached else None) is question, (way, told)
            turn = await walk.say(message)
            faults += [f"{way}, {intent}: {what}" for what in _faults(walk, intent, turn)]
            if turn.acts and turn.acts[0] not in fitting(way, intent):
                faults.append(f"{way}, {intent}: {turn} does not fit")
            if question is not None and intent in DIGRESSIONS:
                open_one = walk.state.question
                same = open_one is not None and open_one.ask is question
                if not same or turn.acts[-1] not in ASKING or turn.texts[-1] == told[-1]:
                    faults.append(f"{way}, {intent}: {turn} does not come back to the question")
            walk.campus.leave(walk.suid)
    assert not faults, "\n".join(faults)


async def test_random_walks_neither_break_nor_act_unasked(world: World) -> None:
    everything = [*MESSAGES.values(), *SMALL, *(each for way, _ in WAYS.values() for each in way)]
    faults = []
    for seed in range(40):
        chance = random.Random(seed)
        walk = Walk(world)
        path: list[str] = []
        asked: dict[str, list[str]] = {}
        for _ in range(14):
            message = chance.choice(everything)
            path.append(message.text)
            turn = await walk.say(message)
            found = _faults(walk, message.intent, turn)
            goal, question = walk.state.goal, walk.state.question
            if turn.acts and turn.acts[-1] in ASKING and goal is not None and question is not None:
                before = asked.setdefault(f"{goal.key} {question.ask} {question.topic}", [])
                found += ["asks in the same words"] if turn.texts[-1] in before[-3:] else []
                before.append(turn.texts[-1])
            faults += [f"{path}: {turn} {what}" for what in found]
        walk.campus.leave(walk.suid)
    assert not faults, "\n".join(faults)


def _faults(walk: Walk, intent: str, turn: Turn) -> list[str]:
    """What must hold of any turn."""
    found = []
    if not turn.acts or Act.TROUBLE in turn.acts:
        found.append(f"{turn} is no act")
    if not turn.texts or not all(text.strip() for text in turn.texts):
        found.append(f"{turn} says nothing")
    if turn.changed and (intent in HARMLESS or not ON_RECORD & set(turn.acts)):
        found.append(f"{turn} was not asked for")
    return found
