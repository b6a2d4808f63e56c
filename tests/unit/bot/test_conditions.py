"""Days and hours of a search: which belong together, and which are wanted."""

from __future__ import annotations

from typing import Any

import pytest
from said import CLOCK, turn

from bot.dialogue.conditions import meeting_filters, wants_easy
from bot.dialogue.querying import query_filters
from bot.dialogue.topics import about

_BEFORE_TEN = {"earliest": None, "latest": 600}


def _filters(text: str, *spans: str) -> dict[str, Any]:
    return meeting_filters(turn(text, "inform", *spans))


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("a class that doesn't meet on Fridays before 10", "Fridays", "before 10"),
        ("no friday class before 10", "friday", "before 10"),
        ("not fridays that start before 10", "fridays", "before 10"),
        ("nothing on Friday before 10", "Friday", "before 10"),
    ],
)
def test_hours_of_a_day_are_avoided_together(text: str, day: str, time: str) -> None:
    found = _filters(text, f"day={day}", f"time={time}")
    assert found == {"avoided": [{"days": ["Friday"], **_BEFORE_TEN}]}


def test_hours_may_come_before_the_day() -> None:
    found = _filters("nothing before 10 on Fridays", "time=before 10", "day=Fridays")
    assert found == {"avoided": [{"days": ["Friday"], **_BEFORE_TEN}]}
    found = _filters("but not before 10 on Fridays", "time=not before 10", "day=Fridays")
    assert found == {"avoided": [{"days": ["Friday"], **_BEFORE_TEN}]}


def test_a_comma_or_an_and_begins_another_condition() -> None:
    for joint in (", ", " and "):
        found = _filters(f"not on fridays{joint}after 2pm", "day=fridays", "time=after 2pm")
        assert found == {"not_days": ["Friday"], "earliest": 840, "latest": None}, joint


def test_an_or_rules_both_out() -> None:
    found = _filters("not on fridays or before 10", "day=fridays", "time=before 10")
    assert found == {"not_days": ["Friday"], "earliest": 600, "latest": None}


def test_wanted_days_and_hours_stay_apart() -> None:
    found = _filters("on fridays after 2pm", "day=fridays", "time=after 2pm")
    assert found == {"days": ["Friday"], "earliest": 840, "latest": None}


def test_days_listed_together_share_their_not() -> None:
    found = _filters("not on mondays or fridays", "day=mondays", "day=fridays")
    assert found == {"not_days": ["Friday", "Monday"]}
    both = _filters("no mondays or fridays before 10", "day=mondays", "day=fridays",
                    "time=before 10")  # fmt: skip
    assert both == {"avoided": [{"days": ["Friday", "Monday"], **_BEFORE_TEN}]}


def test_a_day_wanted_beside_one_that_is_not() -> None:
    found = _filters("on mondays but not on fridays", "day=mondays", "day=fridays")
    assert found == {"days": ["Monday"], "not_days": ["Friday"]}


@pytest.mark.parametrize(
    ("text", "easy"),
    [
        ("an easy class", True),
        ("the easiest way-si", True),
        ("something not too hard", True),
        ("not an easy one", False),
        ("a class on light", False),
        ("a light class", True),
        ("hard problems", False),
    ],
)
def test_easy_is_heard(text: str, easy: bool) -> None:
    assert wants_easy(text) is easy


def test_a_search_carries_its_topic_in_context() -> None:
    said = turn(
        "courses on programs that talk with people in spring",
        "inform", "topic=programs", "quarter=spring",
    )  # fmt: skip
    assert about(said) == "programs that talk with people"
    assert query_filters(said, CLOCK)["about"] == "programs that talk with people"
    assert about(turn("classes in spring", "inform", "quarter=spring")) is None
