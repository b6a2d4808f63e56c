"""Which turns are worth a person's look, for which reason, and in which order."""

from __future__ import annotations

import pytest
from conversed import acted, numbered, said, turn
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.acts import Act
from bot.labelling.reasons import SHARE, Reason, drawn, priority, reasons_of
from bot.labelling.told import turns_of

FINE = turn("[history](subject) classes", "inform")


def reasons(*turns: list[dict], place: int = 0) -> tuple[Reason, ...]:
    return reasons_of(turns_of(numbered(turns)), place)


def test_a_turn_that_went_well_is_not_worth_a_look() -> None:
    assert reasons(FINE, turn("thanks", "thank", "utter_thanks")) == ()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"sure": 0.4}, Reason.LOW_INTENT),
        ({"spans_sure": 0.4}, Reason.LOW_SPAN),
        ({"unsure": True}, Reason.UNSURE),
        ({"act": Act.UNCLEAR.value}, Reason.NOT_UNDERSTOOD),
        ({"act": Act.REPHRASE.value}, Reason.NOT_UNDERSTOOD),
        ({"act": Act.ASK_MEANING.value}, Reason.NOT_UNDERSTOOD),
        ({"act": Act.OTHER.value}, Reason.OTHER),
        ({"act": Act.HANDOFF.value}, Reason.HANDED_OFF),
        ({"act": Act.TROUBLE.value}, Reason.TROUBLE),
    ],
)
def test_doubt_and_failure(facts: dict, reason: Reason) -> None:
    assert reasons(turn("[history](subject) classes", "inform", **facts)) == (reason,)


def test_an_advisor_who_was_asked_for_is_no_failure() -> None:
    assert reasons(turn("a human please", "handoff", "utter_handoff")) == ()


def test_a_correction_tells_of_both_turns() -> None:
    turns = (FINE, turn("no, in [spring](quarter)", "answer"))
    assert reasons(*turns) == (Reason.CORRECTED,)
    assert reasons(*turns, place=1) == (Reason.CORRECTION,)


def test_an_answer_to_a_question_is_no_correction() -> None:
    asked = turn("enroll me", "enroll", "action_ask_class")
    turns = (asked, turn("actually [CS106A](code)", "answer", "action_enroll"))
    assert reasons(*turns) == reasons(*turns, place=1) == ()


def test_a_cancel_right_after_an_act() -> None:
    turns = (turn("drop [CS106A](code)", "drop", "action_drop"), turn("cancel that", "cancel"))
    assert reasons(*turns) == (Reason.CORRECTED,)
    assert reasons(*turns, place=1) == (Reason.CANCELLED,)


def test_what_was_undone() -> None:
    turns = (
        turn("drop [CS106A](code)", "drop", "action_drop"),
        turn("undo", "cancel", "action_undo"),
    )
    assert reasons(*turns) == (Reason.UNDONE,)


def test_the_same_said_again() -> None:
    first, again = (
        turn("any classes about robots", "inform"),
        turn("Any class about robots?", "inform"),
    )
    assert reasons(first, FINE, again) == (Reason.REPEATED,)
    assert reasons(turn("yes please", "affirm"), turn("yes please", "affirm")) == ()


def test_a_restart_parts_what_follows() -> None:
    events = [
        *numbered([FINE]),
        acted("action_restart"),
        said("no, [spring](quarter)", "answer", number=9),
    ]
    turns = turns_of(events)
    assert reasons_of(turns, 0) == reasons_of(turns, 1) == ()
    assert turns[1].earlier == 0


def test_buttons_and_empty_messages_are_no_turns() -> None:
    events = [said("  ", "other"), {"event": "user", "text": None}, acted("utter_greet"), *FINE]
    assert [told.text for told in turns_of(events)] == ["history classes"]


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_least_certain_come_first_and_failures_after_them(one: float, other: float) -> None:
    unsure = turns_of([said("a b c", "inform", sure=one, unsure=True)])[0]
    failed = turns_of([said("a b c", "inform", sure=other)])[0]
    assert priority(unsure, [Reason.UNSURE], "k") >= priority(failed, [Reason.OTHER], "k")
    if one < other:
        surer = turns_of([said("a b c", "inform", sure=other, unsure=True)])[0]
        assert priority(unsure, [Reason.UNSURE], "k") >= priority(surer, [Reason.UNSURE], "k")


def test_the_draw_takes_its_share_and_the_same_each_time() -> None:
    taken = [key for key in map(str, range(20_000)) if drawn(key)]
    assert abs(len(taken) / 20_000 - SHARE) < 0.01
    assert all(drawn(key) for key in taken)
