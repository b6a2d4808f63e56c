"""Which of several options, or listed courses, a description means."""

from __future__ import annotations

import pytest
from said import turn

from bot.dialogue.picking import chosen, described
from bot.dialogue.state import Ask, Mentioned, Option, Question

SECTIONS = Question(
    Ask.CHOICE,
    (
        Option("Section 01, Mon Wed 11:00-12:20, Harbor 306, Ilse Ivanescu", {"class_id": 1}),
        Option("Section 02, Mon Wed Fri 13:30-14:20, Foundry 190, Saskia Ng", {"class_id": 2}),
        Option("Section 03, Tue Thu 13:30-14:50, Foundry 190, Ilse Ivanescu", {"class_id": 3}),
    ),
)


@pytest.mark.parametrize(
    ("text", "span", "picked"),
    [
        ("the friday one", "day=friday", 2),
        ("the one on Tuesdays", "day=Tuesdays", 3),
        ("the morning one", "time=morning", 1),
        ("the one with Ng", "instructor=Ng", 2),
        ("section 3", "", 3),
        ("the earlier one", "", 1),
        ("the last", "", 3),
        ("mondays", "day=mondays", None),
        ("the one with Ada", "instructor=Ada", None),
        ("the fourth", "", None),
        ("the latest", "", None),
    ],
)
def test_a_section_by_what_is_said_of_it(text: str, span: str, picked: int | None) -> None:
    option = chosen(SECTIONS, turn(text, "answer", *filter(None, [span])))
    assert (option.fills["class_id"] if option else None) == picked


def test_what_it_is_not_leaves_one_of_two() -> None:
    two = Question(Ask.CHOICE, SECTIONS.options[:2])
    option = chosen(two, turn("not the morning one", "answer", "time=morning"))
    assert option is not None
    assert option.fills == {"class_id": 2}


def test_a_quarter_by_its_place_and_never_beyond() -> None:
    terms = Question(
        Ask.QUARTER, (Option("Winter 2019", {}), Option("Spring 2019", {"year": 2019}))
    )
    second = chosen(terms, turn("the second", "answer"))
    assert second is not None
    assert second.label == "Spring 2019"
    assert chosen(terms, turn("the third", "answer")) is None


LISTED = (
    Mentioned("PHIL2", units=5, sections="Tue Thu 10:30-11:50, Cosmin Kettleburn"),
    Mentioned(
        "PHIL49", units=4, sections="Mon 14:30-15:20, Ada Sample\nFri 9:30-10:20, Ada Sample"
    ),
    Mentioned("PHIL80", units=5, sections="Fri 17:30-19:20, Ada Sample"),
)


@pytest.mark.parametrize(
    ("text", "span", "code"),
    [
        ("the one with Kettleburn", "instructor=Kettleburn", "PHIL2"),
        ("the one on mondays", "day=mondays", "PHIL49"),
        ("the one on fridays", "day=fridays", None),
        ("the one with the fewest units", "", "PHIL49"),
        ("the one with the most units", "", None),
        ("the cheapest one", "", None),
    ],
)
def test_a_listed_course_by_what_is_said_of_it(text: str, span: str, code: str | None) -> None:
    found = described(turn(text, "answer", *filter(None, [span])), LISTED)
    assert (found.code if found else None) == code
