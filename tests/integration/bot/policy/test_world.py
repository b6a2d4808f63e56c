"""The bot in process: real tracking, real handlers, the real registrar; rewards as they fall."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.dialogue.acts import Act
from bot.dialogue.turn import Mention
from bot.policy.agents import Decision, RuleAgent
from bot.policy.simulator.ears.hearing import ClearEar, Ear, NoisyEar
from bot.policy.simulator.ears.misleading import Misleading
from bot.policy.simulator.values import Beginning, Change, Held, Reply, Trait, Utterance
from bot.policy.simulator.world.conversing import Conversation
from bot.policy.simulator.world.episode import FAILURE, SUCCESS, WRONG_ACT, run


def said(text: str, intent: str, **spans: str) -> Utterance:
    mentions = (Mention(slot, value, text.index(value)) for slot, value in spans.items())
    return Utterance(text, intent, tuple(sorted(mentions, key=lambda each: each.start)))


WISH = said("enroll me in CS106A", "enroll", code="CS106A")
WHEN = said("winter 2019", "answer", quarter="winter", year="2019")


@dataclass
class Reader:
    """Says its lines one after another and remembers what it read."""

    lines: Sequence[Utterance]
    wanted: str = "CS106A"
    kind: str = "enroll"
    trait: Trait = Trait.PLAIN
    beginning: Beginning = field(default_factory=Beginning)
    read: list[str] = field(default_factory=list)
    spoken: int = 0

    def speak(self, replies: Sequence[Reply]) -> Utterance | None:
        self.read += [reply.text for reply in replies]
        self.spoken += 1
        return self.lines[self.spoken - 1] if self.spoken <= len(self.lines) else None

    def allows(self, change: Change, record: frozenset[Held]) -> bool:
        return change.held.code == self.wanted

    def content(self, record: frozenset[Held]) -> bool:
        return any(held.code == self.wanted for held in record)


def begin(world, agent=None, ear: Ear | None = None):
    return lambda suid: Conversation(world, agent or RuleAgent(), ear or ClearEar(), suid)


async def test_a_wish_in_two_messages_ends_on_the_record(world) -> None:
    student = Reader([WISH, WHEN])
    outcome = await run(world.campus, student, begin(world))
    assert outcome.success
    assert outcome.turns == 2
    assert "For which quarter" in student.read[0] or "quarter" in student.read[0]
    assert [step.act for step in outcome.steps] == [
        Act.ASK_QUARTER, Act.LISTEN, Act.ENROLL, Act.LISTEN
    ]  # fmt: skip
    assert [step.reward for step in outcome.steps] == [0, -1, 0, -1 + SUCCESS]
    assert outcome.reward == sum(step.reward for step in outcome.steps)


async def test_an_unwanted_change_costs_and_spoils_the_episode(world) -> None:
    outcome = await run(world.campus, Reader([WISH, WHEN], wanted="CS106B"), begin(world))
    assert (outcome.success, outcome.wrong_acts) == (False, 1)
    assert outcome.reward == FAILURE - 2 + WRONG_ACT
    assert any("NOT WANTED" in line for line in outcome.transcript)


async def test_students_leave_the_world_as_they_found_it(world) -> None:
    with world.campus.units.read() as work:
        sections = {s.class_id: s for s in work.catalogue.counted(work.catalogue.sections())}
    for _ in range(3):
        await run(world.campus, Reader([WISH, WHEN]), begin(world))
    with world.campus.units.read() as work:
        after = {s.class_id: s for s in work.catalogue.counted(work.catalogue.sections())}
    assert after == sections


async def test_a_student_begins_with_a_record_of_its_own(world) -> None:
    with world.campus.units.read() as work:
        course = work.catalogue.course("ECON1")
        section = next(
            s for s in work.catalogue.sections(course.course_id) if str(s.term) == "Winter 2019"
        )
    beginning = Beginning(completed=("CS106A",), held=(section.class_id,))
    suid = world.campus.admit(beginning)
    assert {(held.code, str(held.year)) for held in world.campus.record(suid)} == {
        ("ECON1", "2019")
    }
    world.campus.leave(suid)
    assert world.campus.record(suid) == frozenset()


class Careful:
    """Confirms whatever may be confirmed."""

    def choose(self, decision: Decision) -> Act:
        return Act.CONFIRM if Act.CONFIRM in decision.candidates else decision.candidates[0]


async def test_a_policy_that_doubts_asks_and_a_yes_acts(world) -> None:
    ear = NoisyEar(0.0, random.Random(1), Misleading(("CS106A",)))
    whole = said(
        "enroll me in CS106A for winter 2019",
        "enroll",
        code="CS106A",
        quarter="winter",
        year="2019",
    )
    student = Reader([whole, said("yes", "affirm")])
    outcome = await run(world.campus, student, begin(world, Careful(), ear))
    assert outcome.success
    assert [step.act for step in outcome.steps if step.act is not Act.LISTEN] == [
        Act.CONFIRM, Act.ENROLL
    ]  # fmt: skip
    assert "CS106A" in student.read[0]


async def test_a_no_asks_for_what_was_least_certain(world) -> None:
    class Ears:
        def hear(self, one: Utterance, past) -> dict:
            parse = ClearEar().hear(one, past)
            for entity in parse["entities"]:
                entity["confidence"] = 0.5 if entity["entity"] == "quarter" else 0.9
            return parse

    whole = said(
        "enroll me in CS106A for winter 2019",
        "enroll",
        code="CS106A",
        quarter="winter",
        year="2019",
    )
    spring = said("spring", "answer", quarter="spring")
    student = Reader([whole, said("no", "deny"), spring, said("yes", "affirm")])
    outcome = await run(world.campus, student, begin(world, Careful(), Ears()))
    assert "quarter" in student.read[1]
    assert outcome.success, "\n".join(outcome.transcript)
