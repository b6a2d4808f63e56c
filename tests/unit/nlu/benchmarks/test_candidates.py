"""Candidates: mentions of both sides, the ontology's values, and the goals they explain."""

from __future__ import annotations

import pytest

from nlu.benchmarks.candidates import Choice, candidates_of, same, tensors, updated
from nlu.benchmarks.dialogue_sets import DONTCARE, GoalSet
from nlu.labels import Labels
from nlu.turns import Turn

SPANS = GoalSet([], [], [], "dev", ("movie", "time"), Labels.of_slots(("x",), ("movie", "time")))
CLOSED = GoalSet(
    [], [], [], "dev", ("area",), Labels(("x",), ("O",)), (), {"area": ("centre", "north")}
)
USER = Turn(("the", "first", "at", "six"), ("O", "O", "O", "B-time"))
SYSTEM = Turn(("avatar", "or", "moana", "?"), ("B-movie", "O", "B-movie", "O"), of_user=False)


def test_mentions_of_both_sides_and_no_preference() -> None:
    found = candidates_of(USER, SYSTEM, SPANS)
    assert [(c.slot, c.value, c.source) for c in found] == [
        ("movie", DONTCARE, None),
        ("time", DONTCARE, None),
        ("time", "six", 0),
        ("movie", "avatar", 1),
        ("movie", "moana", 1),
    ]


@pytest.mark.parametrize(
    ("words", "heard"),
    [("the center please", 1), ("centre", 1), ("central", 1), ("cheap", 0), ("north", 0)],
)
def test_values_are_heard_in_longer_forms(words: str, heard: int) -> None:
    found = candidates_of(Turn(tuple(words.split())), None, CLOSED)
    assert next(c for c in found if c.value == "centre").flags[3] == heard


def test_goals_are_compared_without_spelling() -> None:
    assert same({"time": "7.15 pm"}, {"time": "7:15 pm"})
    assert not same({"time": "7 pm"}, {"time": "8 pm"})
    assert not same({}, {"time": "8 pm"})


def test_a_choice_replaces_its_slot_alone() -> None:
    (_, _, time, *_) = candidates_of(USER, SYSTEM, SPANS)
    assert updated({"movie": "moana", "time": "one"}, [time]) == {"movie": "moana", "time": "six"}


def test_tensors_tell_what_explains_the_goal() -> None:
    offered = candidates_of(USER, SYSTEM, SPANS)
    after = {"movie": "avatar", "time": "six"}
    choice = Choice(1, 0, offered, {"time": "five"}, after)
    made = tensors([choice], SPANS, 4, {DONTCARE: 1})
    assert made.accepted.tolist() == [0, 0, 1, 1, 0]
    assert made.source.tolist() == [1, 1, 1, 0, 0]
    assert made.words.sum(dim=1).tolist() == [0, 0, 1, 1, 1]
    assert made.unchanged.tolist() == [0, 0]
    assert made.counted.tolist() == [1, 1]
    lost = Choice(1, 0, offered, {}, {"movie": "up", "time": "six"})
    assert tensors([lost], SPANS, 4, {DONTCARE: 1}).counted.tolist() == [0, 1]
