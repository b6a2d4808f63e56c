"""The dialogue without Rasa: turns in, state and acts out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import CLOCK, after, turn

from bot.dialogue.acts import Act
from bot.dialogue.decide import next_act, permitted
from bot.dialogue.state import (
    Ask,
    DialogueState,
    Effect,
    GoalKind,
    Mentioned,
    Option,
    Question,
)

ENROLL = turn("enroll me in CS106A", "enroll", "code=CS106A")


def asking(ask: Ask, state: DialogueState, *options: Option) -> DialogueState:
    return replace(state, question=Question(ask, options))


def test_class_quarter_and_year_are_asked_in_order() -> None:
    state = after(turn("enroll me", "enroll"))
    assert state.act == Act.ASK_CLASS
    state = after(turn("CS106A", "answer", "code=CS106A"), state=asking(Ask.CLASS, state))
    assert state.act == Act.ASK_QUARTER
    state = after(turn("winter", "answer", "quarter=winter"), state=asking(Ask.QUARTER, state))
    assert state.act == Act.ASK_YEAR
    state = after(turn("2019", "answer", "year=2019"), state=asking(Ask.YEAR, state))
    assert state.act == Act.ENROLL
    assert permitted(Act.ENROLL, state)


def test_a_year_of_an_academic_year_waits_for_its_quarter() -> None:
    said = turn("CS106A in 2018-19", "enroll", "code=CS106A", "year=2018-19")
    state = asking(Ask.QUARTER, after(said))
    state = after(turn("winter", "answer", "quarter=winter"), state=state)
    assert state.goal is not None
    assert state.goal.get("year") == 2019


def test_next_winter_is_a_guess_that_is_confirmed() -> None:
    said = turn("CS106A next winter", "enroll", "code=CS106A", "quarter=next winter")
    state = after(said)
    assert state.act == Act.CONFIRM
    assert not permitted(Act.ENROLL, state)
    state = after(turn("yes", "affirm"), state=asking(Ask.CONFIRM, state))
    assert state.act == Act.ENROLL


def test_the_only_year_there_is_can_be_agreed_to() -> None:
    state = after(turn("CS106A in winter", "enroll", "code=CS106A", "quarter=winter"))
    asked = asking(Ask.YEAR, state, Option("2019", {"year": 2019}))
    state = after(turn("yep", "affirm"), state=asked)
    assert state.goal is not None
    assert state.goal.get("year") == 2019


@pytest.mark.parametrize(
    ("season", "shift", "year"),
    [("Autumn", 0, 2018), ("Autumn", 1, None), ("Winter", 1, 2019), ("Winter", 2, None)],
)
def test_next_autumn_is_not_the_running_one(season: str, shift: int, year: int | None) -> None:
    assert CLOCK.year_of(season, shift) == year  # today is within Autumn 2018, the only one known


def test_a_class_beside_another_is_most_likely_for_the_same_term() -> None:
    effect = Effect(GoalKind.ENROLL, "CS106A", 1, 1, "Winter", 2019)
    state = replace(DialogueState(turn=1), effect=effect)
    also = after(turn("and MATH51 as well", "enroll", "code=MATH51"), state=state)
    assert also.goal is not None
    assert (also.goal.get("quarter"), also.goal.get("year")) == ("Winter", 2019)
    assert also.act == Act.CONFIRM
    spring = turn("also MATH51 in spring", "enroll", "code=MATH51", "quarter=spring")
    assert after(spring, state=state).act == Act.ASK_YEAR
    alone = after(turn("enroll me in MATH51", "enroll", "code=MATH51"), state=state)
    assert alone.act == Act.ASK_QUARTER


def test_a_question_is_no_answer() -> None:
    state = asking(Ask.CLASS, after(turn("enroll me", "enroll")))
    asked = turn("who teaches CHEM31A", "inform", "attribute=who teaches", "code=CHEM31A")
    assert after(asked, state=state).act == Act.COURSE


def test_an_open_wish_said_again_keeps_its_term() -> None:
    state = after(turn("CS106A in winter", "enroll", "code=CS106A", "quarter=winter"))
    assert state.act == Act.ASK_YEAR
    state = replace(state, focus=Mentioned("CS106A"))
    again = after(turn("enroll me in CS106A please", "enroll", "code=CS106A"), state=state)
    assert again.act == Act.ASK_YEAR
    assert len(again.goals) == 1


def test_a_term_corrected_too_late_moves_the_class_as_one_act() -> None:
    effect = Effect(GoalKind.ENROLL, "CS106A", 7, 1, "Winter", 2019)
    state = replace(DialogueState(turn=1), effect=effect)
    state = after(turn("actually make that spring", "answer", "quarter=spring"), state=state)
    (goal,) = state.goals
    assert (goal.kind, state.act) == (GoalKind.SWAP, Act.SWAP)
    assert (goal.get("drop_class_id"), goal.get("quarter"), goal.get("year")) == (7, "Spring", 2019)
    asked = asking(Ask.QUARTER, state)  # it was not offered then
    assert after(turn("no", "deny"), state=asked).goals == ()


def test_a_guessed_year_goes_with_its_quarter() -> None:
    said = turn("CS106A next winter", "enroll", "code=CS106A", "quarter=next winter")
    state = asking(Ask.CONFIRM, after(said))
    state = after(turn("spring then", "answer", "quarter=spring"), state=state)
    assert state.act == Act.ASK_YEAR


def test_next_quarter_is_no_guess() -> None:
    state = after(turn("CS106A next quarter", "enroll", "code=CS106A", "quarter=next quarter"))
    assert state.goal is not None
    assert (state.goal.get("quarter"), state.goal.get("year")) == ("Winter", 2019)
    assert state.act == Act.ENROLL


def test_a_correction_replaces_the_quarter() -> None:
    state = after(ENROLL)
    state = after(turn("winter", "answer", "quarter=winter"), state=asking(Ask.QUARTER, state))
    state = after(
        turn("actually spring", "answer", "quarter=spring"), state=asking(Ask.YEAR, state)
    )
    assert state.goal is not None
    assert state.goal.get("quarter") == "Spring"


def test_a_digression_is_answered_and_the_question_comes_back() -> None:
    state = asking(Ask.QUARTER, after(ENROLL))
    state = after(turn("what is a triplet loss", "lecture_question"), state=state)
    assert state.act == Act.LECTURE
    stepped = replace(state, steps=1)
    assert next_act(stepped, [Act.LECTURE], state.message_id) == Act.ASK_QUARTER


def test_another_wish_goes_first_and_the_old_one_waits() -> None:
    state = asking(Ask.QUARTER, after(ENROLL))
    state = after(turn("drop MATH51", "drop", "code=MATH51"), state=state)
    assert [goal.kind for goal in state.goals] == [GoalKind.DROP, GoalKind.ENROLL]
    assert state.act == Act.DROP


def test_several_classes_are_several_goals_in_order() -> None:
    state = after(turn("CS106A and CS106B", "enroll", "code=CS106A", "code=CS106B"))
    assert [goal.get("code") for goal in state.goals] == ["CS106A", "CS106B"]


def test_a_bare_number_takes_the_subject_before_it() -> None:
    state = after(turn("CS106A and 106B", "enroll", "code=CS106A", "code=106B"))
    assert [goal.get("code") for goal in state.goals] == ["CS106A", "CS106B"]


@pytest.mark.parametrize("intent", ["enroll", "my_schedule", "inform", "other"])
def test_another_students_number_stops_everything(intent: str) -> None:
    said = turn("enroll 05559999 in CS106A", intent, "suid=05559999", "code=CS106A")
    state = after(said)
    assert (state.act, state.goals) == (Act.OTHER_STUDENT, ())


def test_ones_own_number_is_fine() -> None:
    said = turn("i am 5551234, enroll me in CS106A", "enroll", "suid=5551234", "code=CS106A")
    assert after(said).act == Act.ASK_QUARTER


def test_a_visitor_may_not_act() -> None:
    state = after(replace(ENROLL, suid=None))
    assert (state.act, state.goals) == (Act.SIGN_IN, ())


def test_a_choice_is_made_by_label_by_ordinal_or_by_day() -> None:
    options = (
        Option("Section 01, Mon Wed 9:30-10:50, Ada", {"class_id": 1}),
        Option("Section 02, Tue Thu 9:30-10:50, Bob", {"class_id": 2}),
    )
    for said in (
        turn("Section 02, Tue Thu 9:30-10:50, Bob", "other"),
        turn("the second one", "answer"),
        turn("section 02", "answer"),
        turn("the one with Bob", "answer", "instructor=Bob"),
    ):
        state = after(said, state=asking(Ask.CHOICE, after(ENROLL), *options))
        assert state.goal is not None
        assert state.goal.get("class_id") == 2


def test_undo_needs_a_recent_act() -> None:
    effect = Effect(GoalKind.ENROLL, "CS106A", 1, 5, "Winter", 2019)
    state = DialogueState(turn=5, effect=effect)
    assert after(turn("undo", "cancel"), state=state).act == Act.UNDO
    old = replace(state, turn=20)
    assert after(turn("undo", "cancel"), state=old).act == Act.NOTHING_TO_CANCEL


def test_a_swap_with_two_equal_roles_takes_the_order_of_the_text() -> None:
    said = turn("swap CS1 for CS2", "swap", "code:add=CS1", "code:add=CS2")
    goal = after(said).goal
    assert goal is not None
    assert (goal.get("drop_code"), goal.get("code")) == ("CS1", "CS2")


def test_three_misunderstandings_lead_to_a_person() -> None:
    state = asking(Ask.QUARTER, after(ENROLL))
    acts = []
    for _ in range(3):
        state = asking(
            Ask.QUARTER, after(turn("blorp zingle wobble frump quux", "other"), state=state)
        )
        acts.append(state.act)
    assert acts == [Act.UNCLEAR, Act.UNCLEAR, Act.HAND_OVER]


def test_a_message_that_was_not_understood_is_owned_up_to() -> None:
    assert next_act(DialogueState(message_id="old"), [], "new") == Act.TROUBLE
    assert next_act(DialogueState(message_id="old"), [Act.TROUBLE], "new") == Act.LISTEN


def test_an_action_that_broke_off_is_owned_up_to() -> None:
    state = DialogueState(message_id="m", act=Act.SEARCH, steps=0)
    assert next_act(state, [Act.SEARCH], "m") == Act.TROUBLE


@pytest.mark.parametrize("intent", ["enroll", "drop"])
def test_a_wish_understood_with_doubt_is_confirmed_first(intent: str) -> None:
    sure = turn("hm CS106A winter 2019", intent, "code=CS106A", "quarter=winter", "year=2019")
    state = after(replace(sure, confidence=0.4))
    assert state.act == Act.CONFIRM
    assert not permitted(Act(f"action_{intent}"), state)
    assert after(sure).act == f"action_{intent}"


def test_a_conversation_of_another_version_goes_on() -> None:
    state = after(ENROLL)
    older = {name: value for name, value in state.to_json().items() if name != "refused"}
    assert DialogueState.from_json(older) == state
    assert DialogueState.from_json({**state.to_json(), "of_the_future": 1}) == state
