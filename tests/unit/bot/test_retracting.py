"""What is taken back leaves no trace, and nothing else goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import after, turn

from bot.dialogue.acts import Act
from bot.dialogue.informing import SEARCH
from bot.dialogue.retracting import UNWANTED
from bot.dialogue.state import Ask, DialogueState, Goal, Question
from bot.dialogue.turn import Turn

WISH = turn("enroll me in CS106A for 3 units in winter", "enroll",
            "code=CS106A", "units=3 units", "quarter=winter")  # fmt: skip


def open_wish() -> DialogueState:
    return replace(after(WISH), question=Question(Ask.YEAR))


def goal_after(said: Turn) -> Goal:
    goal = after(said, state=open_wish()).goal
    assert goal is not None
    return goal


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        ("scratch the units", "units", "quarter"),
        ("never mind the number of units", "units", "quarter"),
        ("forget the quarter please", "quarter", "units"),
        ("leave out the units then", "units", "code"),
    ],
)
def test_a_value_is_taken_back(text: str, gone: str, kept: str) -> None:
    goal = goal_after(turn(text, "answer"))
    assert goal.get(gone) is None
    assert goal.get(kept) is not None


def test_not_winter_rules_winter_out() -> None:
    goal = goal_after(turn("not winter", "answer", "quarter=winter"))
    assert goal.get("quarter") is None
    assert goal.get(UNWANTED) == ["Winter"]


@pytest.mark.parametrize("text", ["no, winter", "no winter", "winter", "why not winter"])
def test_a_correction_or_a_proposal_rules_nothing_out(text: str) -> None:
    goal = goal_after(turn(text, "answer", "quarter=winter"))
    assert goal.get("quarter") == "Winter"


def test_another_quarter_is_taken_in_its_place() -> None:
    goal = goal_after(turn("not winter, spring", "answer", "quarter=winter", "quarter=spring"))
    assert goal.get("quarter") == "Spring"


def test_one_of_two_wishes_is_called_off() -> None:
    both = after(turn("CS106A and ECON1", "enroll", "code=CS106A", "code=ECON1"))
    left = after(turn("forget ECON1", "drop", "code=ECON1"), state=both)
    assert [goal.get("code") for goal in left.goals] == ["CS106A"]
    assert left.act == Act.CANCELLED


def test_a_search_without_one_of_its_conditions() -> None:
    searched = DialogueState(about=SEARCH, query={"subjects": ["history"], "days": ["Monday"]})
    wider = after(turn("forget the day", "cancel"), state=searched)
    assert wider.query == {"subjects": ["history"]}
    assert wider.act == Act.SEARCH


def test_a_condition_that_there_was_not_changes_nothing() -> None:
    searched = DialogueState(about=SEARCH, query={"subjects": ["history"]})
    assert after(turn("forget the day", "cancel"), state=searched).query == searched.query
