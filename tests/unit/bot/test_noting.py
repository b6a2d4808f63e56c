"""What is said about notes is understood, what is said about other notes is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.acts import Act
from bot.dialogue.filling import Clock
from bot.dialogue.noting import ASKED, OFF, ON, after_note, wish
from bot.dialogue.state import Ask, DialogueState, GoalKind, Question
from bot.dialogue.track import track
from bot.dialogue.turn import Turn
from knowledge.model.terms import AcademicCalendar

CLOCK = Clock(AcademicCalendar(()), date(2018, 11, 15))
SEAT = {
    "kind": "promoted", "code": "CS229", "title": "Machine Learning", "class_id": 7,
    "quarter": "Winter", "year": 2019,
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "stop sending me notifications", "no more notes please", "turn off notifications",
        "turn your notes off", "please don't send me any more alerts", "don't notify me anymore",
        "stop notifying me", "unsubscribe me from notifications", "mute the notifications",
        "i don't want notifications", "opt me out of notifications", "no notifications",
        "never ping me again", "can you stop the notes", "disable alerts",
        "i no longer want to get notifications", "notes off",
    ],
)  # fmt: skip
def test_turning_off(text: str) -> None:
    assert wish(text) == OFF


@pytest.mark.parametrize(
    "text",
    [
        "turn notifications back on", "turn notes on", "switch the alerts on again",
        "enable notifications", "i want my notifications back", "send me notifications again",
        "resume notes please", "turn on the notes", "notify me again", "notes back on",
        "please don't turn off my notifications",
    ],
)  # fmt: skip
def test_turning_on(text: str) -> None:
    assert wish(text) == ON


@pytest.mark.parametrize(
    "text",
    [
        "do you notify me?", "will you notify me when a seat frees?", "can you ping me?",
        "are my notifications on?", "am i getting notifications?", "do i get alerts?",
    ],
)  # fmt: skip
def test_asking(text: str) -> None:
    assert wish(text) == ASKED


@pytest.mark.parametrize(
    "text",
    [
        "where are the lecture notes?", "no", "stop", "no more classes please", "turn it on",
        "don't enroll me", "classes without an exam", "who teaches note taking", "drop it",
        "do you have class notes?", "cancel that", "i want to take notes in CS106A",
        "music notation courses", "enroll me in CS106A", "undo", "no more", "stop it please",
        "do I need to notify the instructor?", "which courses teach push notifications?",
    ],
)  # fmt: skip
def test_other_matters(text: str) -> None:
    assert wish(text) is None


def _turn(text: str, suid: str | None = "05990001") -> Turn:
    return Turn(text, "other", 0.4, (), "m1", suid)


def test_a_question_that_is_open_comes_back_behind_it() -> None:
    asked = DialogueState(question=Question(Ask.QUARTER))
    state = track(asked, _turn("no more notes please"), CLOCK)
    assert (state.act, state.args, state.digressed) == (Act.NOTES, {"notes": OFF}, True)
    assert state.question == asked.question


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert track(DialogueState(), _turn("turn notes off", None), CLOCK).act == Act.SIGN_IN


def test_after_a_seat_came_it_can_be_undone() -> None:
    state = after_note(DialogueState(turn=4), SEAT)
    assert state.focus is not None
    assert state.focus.code == "CS229"
    assert state.effect is not None
    assert (state.effect.kind, state.effect.class_id) == (GoalKind.ENROLL, 7)
    undone = track(state, _turn("undo"), CLOCK)
    assert undone.act == Act.UNDO


def test_what_the_student_is_in_the_middle_of_stays() -> None:
    busy = DialogueState(question=Question(Ask.CLASS))
    assert after_note(busy, SEAT) is busy
    assert after_note(DialogueState(), {"kind": "hold_placed", "hold": "Fee"}) == DialogueState()
    moved = after_note(DialogueState(), {**SEAT, "kind": "section_moved"})
    assert moved.focus is not None
    assert moved.effect is None
