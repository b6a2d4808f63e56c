"""One episode: a simulated student talks until it hangs up; what came of it, and the reward.

Reward, in the form of Li et al. 2016: -1 a turn, +6 for a goal reached without a wrong act, -3 for
one that was missed, -6 for each change of the record that nobody wanted. A question more must thus
avert one wrong act in fifteen, which also spoils the goal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.dialogue.acts import Act
from bot.policy.agents import Decision
from bot.policy.simulator.values import Change, Held, Reply, Trait, User, Utterance
from bot.policy.simulator.world.campus import Campus
from bot.policy.simulator.world.conversing import Chosen

SUCCESS, FAILURE, A_TURN, WRONG_ACT = 6.0, -3.0, -1.0, -6.0
MOST_TURNS = 30


@dataclass(frozen=True)
class Step:
    """A decision, the act chosen, and what was earned until the next decision."""

    decision: Decision
    act: Act
    reward: float


@dataclass
class Outcome:
    """What came of a conversation; `transcript` has one line for each message and act."""

    kind: str
    trait: Trait
    success: bool = False
    turns: int = 0
    wrong_acts: int = 0
    steps: tuple[Step, ...] = ()
    transcript: list[str] = field(default_factory=list)

    @property
    def reward(self) -> float:
        """The whole episode's."""
        return (
            (SUCCESS if self.success else FAILURE)
            + A_TURN * self.turns
            + WRONG_ACT * self.wrong_acts
        )


class Talk(Protocol):
    """A conversation with the bot, in process or by text."""

    @property
    def chosen(self) -> Sequence[Chosen]:
        """The decisions so far, where they can be seen."""
        ...

    @property
    def noted(self) -> str:
        """What is to be told of the last turn in a transcript."""
        ...

    async def say(self, said: Utterance) -> list[Reply]:
        """One message; the bot's replies to it."""
        ...


async def run(campus: Campus, user: User, begin: Callable[[str], Talk]) -> Outcome:
    """Let the user talk until it hangs up or `MOST_TURNS` are over; `begin`: a conversation for a
    student's number.
    """
    suid = campus.admit(user.beginning)
    talk = begin(suid)
    outcome = Outcome(user.kind, user.trait)
    wrong_by_turn: list[int] = []
    try:
        record = campus.record(suid)
        replies: Sequence[Reply] = ()
        while outcome.turns < MOST_TURNS and (said := user.speak(replies)) is not None:
            replies = await talk.say(said)
            outcome.turns += 1
            after = campus.record(suid)
            wrong = [change for change in changes(record, after) if not user.allows(change, after)]
            wrong_by_turn.append(len(wrong))
            record = after
            outcome.transcript += _lines(said, replies, talk.noted, wrong)
        outcome.wrong_acts = sum(wrong_by_turn)
        outcome.success = user.content(record) and not outcome.wrong_acts
    finally:
        campus.leave(suid)
    outcome.steps = _steps(talk.chosen, wrong_by_turn, outcome.success)
    return outcome


def changes(before: frozenset[Held], after: frozenset[Held]) -> list[Change]:
    """What a turn did to the record."""
    added = [Change(True, held) for held in sorted(after - before)]
    return added + [Change(False, held) for held in sorted(before - after)]


def _steps(chosen: Sequence[Chosen], wrong: Sequence[int], success: bool) -> tuple[Step, ...]:
    """Each turn's cost and wrong acts count for the last decision of that turn."""
    last = {each.turn: place for place, each in enumerate(chosen)}
    final = len(chosen) - 1
    steps: list[Step] = []
    for place, each in enumerate(chosen):
        reward = 0.0
        if last[each.turn] == place:
            reward += A_TURN + WRONG_ACT * wrong[each.turn]
        if place == final:
            reward += SUCCESS if success else FAILURE
        steps.append(Step(each.decision, each.act, reward))
    return tuple(steps)


def _lines(
    said: Utterance, replies: Sequence[Reply], noted: str, wrong: Sequence[Change]
) -> list[str]:
    unwanted = [f"    NOT WANTED: {'+' if c.added else '-'}{c.held}" for c in wrong]
    return [f"> {said.text}", f"    ({noted})", *(f"  {r.text}" for r in replies), *unwanted]
