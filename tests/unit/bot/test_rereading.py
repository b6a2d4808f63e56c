"""What stands for something else where it is said: follow-ups, sums, a wish said again as a yes."""

from __future__ import annotations

import pytest

from bot.dialogue.acts import Act
from bot.dialogue.rereading import about_dates, asks_clash, reread, still_dates
from bot.dialogue.state import Ask, DialogueState, Filled, Goal, GoalKind, Question
from bot.dialogue.turn import Mention, Turn


def turn(text: str, intent: str, *mentions: Mention) -> Turn:
    return Turn(text, intent, 0.9, mentions, "m1")


def confirming(kind: GoalKind) -> DialogueState:
    goal = Goal(kind, "m0:0", {"code": Filled("PHIL2", guessed=True)})
    return DialogueState(goals=(goal,), question=Question(Ask.CONFIRM))


@pytest.mark.parametrize("text", ["yes, enroll me", "enroll me then", "put me in", "sign me up!"])
def test_the_wish_said_again_is_a_yes(text: str) -> None:
    assert reread(confirming(GoalKind.ENROLL), turn(text, "enroll")).intent == "affirm"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (GoalKind.DROP, "yes, enroll me"),
        (GoalKind.ENROLL, "don't enroll me"),
        (GoalKind.ENROLL, "enroll me in the other one"),
        (GoalKind.ENROLL, "enroll me in the second one"),
        (GoalKind.ENROLL, "enroll me, but later"),
        (GoalKind.ENROLL, "maybe enroll me"),
    ],
)
def test_anything_new_in_it_is_no_yes(kind: GoalKind, text: str) -> None:
    assert reread(confirming(kind), turn(text, "enroll")).intent == "enroll"


def test_a_wish_is_a_yes_to_nothing_where_nothing_is_asked() -> None:
    assert reread(DialogueState(), turn("yes, enroll me", "enroll")).intent == "enroll"


@pytest.mark.parametrize(
    "text", ["how many units is that all together?", "what's my total in units"]
)
def test_sums_are_about_the_schedule(text: str) -> None:
    assert reread(DialogueState(), turn(text, "inform")).intent == "my_schedule"


def test_the_units_of_a_class_are_no_sum() -> None:
    named = turn("how many units is PHIL2 in total", "inform", Mention("code", "PHIL2", 18))
    assert reread(DialogueState(), named).intent == "inform"


def test_the_last_day_to_drop_drops_nothing() -> None:
    assert about_dates(turn("whats the last day to drop a class in winter", "drop"))
    assert not about_dates(turn("drop a class of mine", "drop"))
    named = turn("drop PHIL2 before the deadline", "drop", Mention("code", "PHIL2", 5))
    assert not about_dates(named)


def test_dates_are_asked_on_right_after_dates_alone() -> None:
    spring = turn("and for spring?", "inform", Mention("quarter", "spring", 8))
    assert still_dates(DialogueState(act=Act.DATES), spring)
    assert not still_dates(DialogueState(act=Act.SEARCH), spring)
    topic = turn("and poetry?", "inform", Mention("topic", "poetry", 4))
    assert not still_dates(DialogueState(act=Act.DATES), topic)


def test_a_clash_is_asked_about_in_several_words() -> None:
    for text in ("does it clash with SOC2", "is it at the same time as SOC2", "fits my schedule?"):
        assert asks_clash(text)
    assert not asks_clash("what time is it")
