"""Items from simulated conversations: real replies of different policies at the same point."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.dialogue.acts import Act
from bot.dialogue.state import DialogueState
from bot.evaluation.collecting.branching import Tape, branch
from bot.evaluation.collecting.collect import Collection, Plan, collect
from bot.evaluation.collecting.policies import ConfirmingAgent, RandomAgent, available, leading
from bot.evaluation.masked import masked
from bot.evaluation.model import Speaker
from bot.masking import Masker
from bot.policy.agents import Decision, RuleAgent
from bot.policy.simulator.ears.hearing import NoisyEar
from bot.policy.simulator.ears.misleading import Misleading
from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.world.episode import run
from bot.policy.simulator.world.world import opened

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def world(tmp_path: Path):
    async with opened(tmp_path / "world", ROOT / "var" / "encoders", settled=True) as each:
        yield each


@pytest.fixture
async def found(world) -> Collection:
    return await collect(world, Plan(conversations=6, seed=0, noise=0.3))


def _told(found: Collection) -> list[str]:
    """What was collected, but for the simulated students' numbers."""
    return [masked(item, Masker()).key for item in found.items]


async def test_items_compare_different_replies_to_the_same_words(world, found: Collection) -> None:
    assert found.conversations == 6
    assert found.diverged == 0
    assert len(found.items) >= 3
    for item in found.items:
        texts = [candidate.text for candidate in item.candidates]
        assert 2 <= len(set(texts)) == len(texts) <= 4
        assert all(text.strip() for text in texts)
        said = [policy for candidate in item.candidates for policy in candidate.policies]
        assert len(set(said)) == len(said)  # each policy gives one reply
        assert set(said) <= set(available())
        assert item.context[-1].speaker is Speaker.STUDENT
        assert item.source == "simulated"
        assert item.origin["leading"] not in ("random", "confirming")
    again = await collect(world, Plan(conversations=6, seed=0, noise=0.3))
    assert _told(again) == _told(found)
    other = await collect(world, Plan(conversations=2, seed=1, noise=0.3))
    assert not set(_told(other)) & set(_told(found))


async def test_a_branch_repeats_the_conversation_and_leaves_no_trace(world) -> None:
    catalogue = Catalogue.read(world.campus.units)
    misleading = Misleading(sorted(catalogue.courses))
    for seed in range(4):
        user = draw(seed, catalogue)
        ear = NoisyEar(0.3, random.Random(seed), misleading)
        tapes: list[Tape] = []

        def begin(suid: str, ear=ear, tapes=tapes) -> Tape:
            tapes.append(Tape.begun(world, RuleAgent(), ear, suid))
            return tapes[0]

        await run(world.campus, user, begin)
        tape = tapes[0]
        for turn in tape.open_turns()[:2]:
            same = await branch(world, user.beginning, tape, turn, RuleAgent())
            assert same is not None
            assert [reply.buttons for reply in same.replies] == [
                reply.buttons for reply in tape.replies[turn]
            ]
            careful = await branch(world, user.beginning, tape, turn, ConfirmingAgent())
            assert careful is not None
            assert careful.acts == same.acts or Act.CONFIRM.value in careful.acts
        with world.campus.units.read() as work:
            assert not work.students.enrollments(tape.conversation.suid)


def test_simple_policies_lead_only_where_there_is_no_other() -> None:
    assert "rule" in available()
    assert leading(("rule", "random", "dqn")) == ("rule", "dqn")
    assert leading(("random",)) == ("random",)


def test_simple_policies_choose_what_is_permitted() -> None:
    decision = Decision(DialogueState(), (), (Act.ENROLL, Act.CONFIRM, Act.ASK_YEAR))
    assert ConfirmingAgent().choose(decision) is Act.CONFIRM
    chance = RandomAgent(random.Random(0))
    assert {chance.choose(decision) for _ in range(50)} == set(decision.candidates)
    bare = Decision(DialogueState(), (), (Act.GREET, Act.ASK_MEANING))
    assert ConfirmingAgent().choose(bare) is Act.GREET
