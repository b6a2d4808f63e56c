"""Questions about courses, lists and dates, without Rasa: turns in, state and acts out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import after, turn

from bot.dialogue import pointing
from bot.dialogue.acts import Act
from bot.dialogue.state import (
    DialogueState,
    Mentioned,
)


def test_a_follow_up_on_the_lectures_is_about_them_and_one_on_courses_is_not() -> None:
    state = after(turn("what is a convolution", "lecture_question"))
    assert after(turn("and dropout?", "inform"), state=state).act == Act.LECTURE
    norm = turn("what about batch norm?", "inform", "topic=batch norm")
    assert after(norm, state=state).act == Act.LECTURE
    course = turn("what about a course on dropout?", "inform", "topic=dropout")
    assert after(course, state=state).act != Act.LECTURE
    assert after(turn("and CS230?", "inform", "code=CS230"), state=state).act == Act.COURSE


def test_the_term_of_a_question_about_a_course_is_put_together() -> None:
    state = after(turn("CS106A", "inform", "code=CS106A"))
    state = replace(state, focus=Mentioned("CS106A"))  # as the answering action leaves it
    state = after(turn("winter", "answer", "quarter=winter"), state=state)
    state = after(turn("2019", "answer", "year=2019"), state=state)
    assert state.args["term"] == {"quarters": ["Winter"], "year": 2019}
    state = after(turn("5 units", "answer", "units=5"), state=state)
    assert state.args["term"] == {"quarters": ["Winter"], "year": 2019}
    state = after(turn("and MATH51?", "inform", "code=MATH51"), state=state)
    assert state.args["term"] == {}


def test_a_question_about_it_before_any_it_is_asked_back() -> None:
    assert after(turn("is it hard", "inform")).act == Act.WHICH_ONE


def test_only_engineering_narrows_a_list_without_a_subject() -> None:
    state = after(turn("what is there on mondays", "inform", "day=mondays"))
    state = after(turn("only engineering", "inform", "subject=engineering"), state=state)
    assert state.query == {"days": ["Monday"], "subjects": ["engineering"]}


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("anything but history", True),
        ("nothing in the history department", True),
        ("no history please", True),
        ("classes without prerequisites in history", False),
        ("history", False),
    ],
)
def test_a_subject_can_be_ruled_out(text: str, unwanted: bool) -> None:
    query = after(turn(text, "inform", "subject=history")).query
    assert query["not_subjects" if unwanted else "subjects"] == ["history"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("when does enrollment open for spring", True),
        ("can i still enroll for autumn 2018", True),
        ("What is the last day to drop a class?", True),
        ("when do classes start", True),
        ("add/drop deadline?", True),
        ("am i still enrolled", False),
        ("what did i drop", False),
        ("when is my class", False),
    ],
)
def test_questions_for_dates(text: str, expected: bool) -> None:
    assert (after(turn(text, "my_schedule")).act == Act.DATES) is expected


def test_the_second_one_points_into_the_list() -> None:
    results = (Mentioned("CS1"), Mentioned("CS2", "", None, "Winter", 2019))
    state = after(
        turn("enroll me in the second one", "enroll"), state=DialogueState(results=results)
    )
    assert state.goal is not None
    assert (state.goal.get("code"), state.goal.get("year")) == ("CS2", 2019)
    assert state.act == Act.ENROLL


@pytest.mark.parametrize(
    ("text", "index"),
    [("the second one", 1), ("last", -1), ("option 3", 2), ("2", 1), ("red", None)],
)
def test_ordinals(text: str, index: int | None) -> None:
    assert pointing.ordinal(text) == index


def test_and_in_spring_amends_the_search() -> None:
    first = turn("history classes in winter", "inform", "subject=history", "quarter=winter")
    state = after(first, turn("and in spring?", "inform", "quarter=spring"))
    assert state.query["subjects"] == ["history"]
    assert state.query["quarters"] == ["Spring"]


def test_what_about_another_subject_keeps_the_term() -> None:
    first = turn("history classes in winter", "inform", "subject=history", "quarter=winter")
    state = after(first, turn("what about economics?", "inform", "subject=economics"))
    assert state.query == {"subjects": ["economics"], "quarters": ["Winter"]}


def test_days_can_be_excluded() -> None:
    said = turn("psychology not on fridays", "inform", "subject=psychology", "day=fridays")
    assert after(said).query["not_days"] == ["Friday"]


def test_who_teaches_it_is_about_the_course_in_focus() -> None:
    state = DialogueState(focus=Mentioned("CS106A", "Programming"), about="course")
    state = after(turn("who teaches it", "inform", "attribute=who teaches"), state=state)
    assert state.act == Act.COURSE
    assert state.args["courses"][0]["code"] == "CS106A"
    assert state.args["attributes"] == ["instructor"]
