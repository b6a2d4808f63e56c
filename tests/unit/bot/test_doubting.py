"""Asking what was meant, and acting on the message that waited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import after, turn

from bot.dialogue.acts import Act
from bot.dialogue.doubting import NEITHER, likeliest
from bot.dialogue.state import Ask, DialogueState, Option, Question
from bot.dialogue.turn import Turn

MUMBLED = replace(
    turn("CS106A maybe", "inform", "code=CS106A"),
    unsure=True,
    ranking=("answer", "inform", "enroll", "drop", "other"),
)


def asked() -> DialogueState:
    """The state after the question was put as the action server does it."""
    state = DialogueState.from_json(after(MUMBLED).to_json())
    assert state.act == Act.ASK_MEANING
    readings = (*likeliest(state), NEITHER)
    options = tuple(Option(name.upper() or "OTHER", {"intent": name}) for name in readings)
    return replace(state, question=Question(Ask.MEANING, options))


def test_only_readings_a_student_can_choose_are_offered() -> None:
    assert likeliest(asked()) == ("inform", "enroll")


@pytest.mark.parametrize(
    "chosen", [turn("ENROLL", "other"), turn("the second one", "answer"), turn("enroll", "enroll")]
)
def test_the_waiting_message_is_acted_upon_in_the_chosen_reading(chosen: Turn) -> None:
    state = after(chosen, state=asked())
    assert state.goal is not None
    assert state.goal.get("code") == "CS106A"
    assert state.goal.key.startswith(chosen.message_id)  # so that a retry of the choice acts once
    assert state.act == Act.ASK_QUARTER
    assert state.doubted is None


@pytest.mark.parametrize("said", [turn("no", "deny"), turn("OTHER", "other")])
def test_neither_asks_for_other_words(said: Turn) -> None:
    state = after(said, state=asked())
    assert state.act == Act.REPHRASE
    assert state.question is None


def test_a_message_of_its_own_is_taken_as_such() -> None:
    state = after(turn("drop ECON1", "drop", "code=ECON1"), state=asked())
    assert state.goal is not None
    assert state.goal.get("code") == "ECON1"
    assert len(state.goals) == 1


def test_nobody_signs_in_with_a_message_that_waited() -> None:
    state = after(replace(turn("ENROLL", "other"), suid=None), state=asked())
    assert state.act == Act.SIGN_IN


def test_an_open_question_is_left_to_itself() -> None:
    state = after(turn("enroll me", "enroll"))
    state = replace(state, question=Question(Ask.CLASS))
    assert after(MUMBLED, state=state).act != Act.ASK_MEANING


def test_a_yes_to_several_readings_is_asked_again() -> None:
    state = after(turn("yes", "affirm"), state=asked())
    assert state.act == Act.ASK_MEANING
    assert state.doubted is not None
