"""A small task with real states and the real mask: a class, a quarter and a year, often misheard.

The bot may act, confirm, or ask again for what it doubts. Confidences of what was heard rightly and
wrongly overlap; a confirmation costs a turn, acting on a wrong value costs far more. So small that
a learner needs seconds for it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.confirming import confirmation
from bot.dialogue.decide import candidates, follow_up
from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Question
from bot.policy.agents import Agent, Decision

WANTED = {"code": "CS106A", "quarter": "Winter", "year": 2019}
MISHEARD = {"code": "CS106B", "quarter": "Spring", "year": 2020}
ASKED = {Act.ASK_CLASS: "code", Act.ASK_QUARTER: "quarter", Act.ASK_YEAR: "year"}
SUCCESS, FAILURE, A_TURN, WRONG = 20.0, -10.0, -1.0, -15.0
MOST_TURNS = 12


@dataclass(frozen=True)
class Step:
    decision: Decision
    act: Act
    reward: float


@dataclass
class Episode:
    kind: str = "enroll"
    trait: str = "plain"
    success: bool = False
    turns: int = 1
    wrong_acts: int = 0
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class NoisyTask:
    """`play` is deterministic by the seed."""

    def play(self, seed: int, noise: float, agent: Agent) -> Episode:
        chance = random.Random(seed)
        slots = {slot: heard(slot, noise, chance, turn=1) for slot in WANTED}
        goal = Goal(GoalKind.ENROLL, "m:0", slots, chance.uniform(0.7, 1.0))
        state = DialogueState(turn=1, message_id="m", act=Act.ENROLL, goals=(goal,))
        episode = Episode()
        executed: tuple[str, ...] = ()
        while episode.turns < MOST_TURNS:
            decision = Decision(state, executed, candidates(state, executed, state.message_id))
            act = agent.choose(decision)
            assert act in decision.candidates
            if act in ON_RECORD:
                episode.success = right(state)
                episode.wrong_acts = int(not episode.success)
                last = SUCCESS if episode.success else FAILURE + WRONG
                episode.steps.append(Step(decision, act, A_TURN + last))
                return episode
            episode.steps.append(Step(decision, act, A_TURN))
            state = replace(answered(state, act, noise, chance), turn=state.turn + 1)
            state = replace(state, act=follow_up(state))
            episode.turns += 1
        episode.steps[-1] = replace(episode.steps[-1], reward=A_TURN + FAILURE)
        return episode


def heard(slot: str, noise: float, chance: random.Random, turn: int) -> Filled:
    if chance.random() < noise / 2:
        return Filled(MISHEARD[slot], turn, confidence=0.5 + 0.48 * chance.random())
    return Filled(WANTED[slot], turn, confidence=1.0 - 0.3 * chance.random() ** 3)


def right(state: DialogueState) -> bool:
    assert state.goal is not None
    return all(state.goal.get(slot) == value for slot, value in WANTED.items())


def answered(state: DialogueState, act: Act, noise: float, chance: random.Random) -> DialogueState:
    assert state.goal is not None
    if act is Act.CONFIRM:
        asked = replace(state, question=Question(Ask.CONFIRM, topic="guess"))
        agreed = right(state)
        told = confirmation(asked, agreed)
        if told is not None:
            return told
        return replace(asked, question=None)  # the wish itself was doubted: it is said again
    slot = ASKED[act]
    again = heard(slot, noise, chance, state.turn + 1)
    return replace(state.with_goal(state.goal.having(**{slot: again})), question=None)
