"""What a learned policy sees: one fixed layout, and a mask that is the candidates and no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.dialogue.acts import Act
from bot.dialogue.decide import candidates
from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Question
from bot.policy.agents import Decision
from bot.policy.features import CHOICES, LAYOUT, SIGNATURE, choice, encode, mask

CONFIDENCE = some.floats(0.0, 1.0)


def goal(code: float = 1.0, quarter: float = 1.0, wish: float = 1.0) -> Goal:
    slots = {
        "code": Filled("CS106A", 1, confidence=code),
        "quarter": Filled("Winter", 2, confidence=quarter),
        "year": Filled(2019, 2),
    }
    return Goal(GoalKind.ENROLL, "m:0", slots, wish)


def decision(goal: Goal | None = None, **state: object) -> Decision:
    goals = () if goal is None else (goal,)
    act = Act.LISTEN if goal is None else Act.ENROLL
    whole = replace(DialogueState(turn=3, message_id="m", act=act, goals=goals), **state)
    return Decision(whole, (), candidates(whole, (), "m"))


def seen(decision: Decision) -> dict[str, float]:
    return dict(zip(LAYOUT, encode(decision).tolist(), strict=True))


def test_the_layout_of_the_committed_weights() -> None:
    assert SIGNATURE == "1-98-e0e32149", "a changed layout needs weights trained anew"
    assert len(set(LAYOUT)) == len(LAYOUT) == 98
    assert len(CHOICES) == 6


def test_confidences_and_ages_are_seen() -> None:
    told = seen(decision(goal(code=0.99, quarter=0.9, wish=0.95)))
    assert told["rule_enroll"] == told["goal_enroll"] == told["weakest_quarter"] == 1.0
    assert told["code_sure"] == pytest.approx(0.99)
    assert told["code_nines"] == pytest.approx(0.5)
    assert told["certainty_sure"] == pytest.approx(0.9)
    assert told["jointly_sure"] == pytest.approx(0.99 * 0.9 * 0.95)
    assert told["code_age"] == pytest.approx(0.4)
    assert told["drop_code_filled"] == 0.0


def test_the_wish_itself_may_be_what_is_least_certain() -> None:
    assert seen(decision(goal(code=0.99, wish=0.8)))["weakest_wish"] == 1.0


def test_open_questions_and_failures_are_seen() -> None:
    asked = Question(Ask.QUARTER, times=2)
    told = seen(decision(question=asked, strikes=1, digressed=True))
    assert told["asked_quarter"] == told["digressed"] == 1.0
    assert told["asked_times"] == pytest.approx(2 / 3)
    assert told["strikes"] == pytest.approx(1 / 3)


def test_the_mask_is_the_candidates() -> None:
    unsure = decision(goal(quarter=0.9))
    allowed = {CHOICES[place] or unsure.candidates[0] for place in np.flatnonzero(mask(unsure))}
    assert allowed == set(unsure.candidates)
    assert choice(unsure, Act.ENROLL) == 0
    assert choice(unsure, Act.GREET) == -1
    assert mask(decision(goal())).sum() == 1


@given(CONFIDENCE, CONFIDENCE, CONFIDENCE, some.integers(0, 500), some.integers(0, 9))
def test_every_number_is_finite_and_small(
    code: float, quarter: float, wish: float, turn: int, times: int
) -> None:
    asked = Question(Ask.CONFIRM, times=times)
    vector = encode(decision(goal(code, quarter, wish), turn=turn, question=asked))
    assert vector.dtype == np.float32
    assert vector.shape == (len(LAYOUT),)
    assert ((vector >= 0) & (vector <= 1)).all()
