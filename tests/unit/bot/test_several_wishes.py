"""Several wishes in one message: which goals it becomes, each with what was said of it alone."""

from __future__ import annotations

from said import after, turn

from bot.dialogue.acts import Act
from bot.dialogue.state import DialogueState


def told(state: DialogueState) -> list[tuple[str, ...]]:
    slots = ("drop_code", "code", "quarter", "year")
    return [
        (goal.kind.value, *(str(goal.get(slot)) for slot in slots if goal.get(slot) is not None))
        for goal in state.goals
    ]


def test_each_class_has_the_term_behind_it() -> None:
    said = turn(
        "CS106A in winter 2019 and CS106B in spring 2019", "enroll",
        "code=CS106A", "quarter=winter", "year=2019", "code=CS106B", "quarter=spring", "year=2019",
    )  # fmt: skip
    assert told(after(said)) == [
        ("enroll", "CS106A", "Winter", "2019"),
        ("enroll", "CS106B", "Spring", "2019"),
    ]


def test_or_the_term_before_it() -> None:
    said = turn(
        "in winter CS106A and in spring 2019 CS106B", "enroll",
        "quarter=winter", "code=CS106A", "quarter=spring", "year=2019", "code=CS106B",
    )  # fmt: skip
    assert told(after(said)) == [
        ("enroll", "CS106A", "Winter", "2019"),
        ("enroll", "CS106B", "Spring", "2019"),
    ]


def test_one_year_is_not_lent_to_an_autumn() -> None:
    said = turn(
        "CS106A in autumn and CS106B in winter 2019", "enroll",
        "code=CS106A", "quarter=autumn", "code=CS106B", "quarter=winter", "year=2019",
    )  # fmt: skip
    assert told(after(said)) == [
        ("enroll", "CS106A", "Autumn"),
        ("enroll", "CS106B", "Winter", "2019"),
    ]


def test_one_term_is_for_all() -> None:
    said = turn("CS106A and CS106B in winter 2019", "enroll",
                "code=CS106A", "code=CS106B", "quarter=winter", "year=2019")  # fmt: skip
    assert {each[2:] for each in told(after(said))} == {("Winter", "2019")}


def test_wishes_of_different_kinds_in_their_order() -> None:
    said = turn("drop ECON1 and swap CS106A for CS106B", "swap",
                "code=ECON1", "code:drop=CS106A", "code:add=CS106B")  # fmt: skip
    assert told(after(said)) == [("drop", "ECON1"), ("swap", "CS106A", "CS106B")]


def test_a_drop_and_one_enrollment_stay_one_swap() -> None:
    said = turn("drop CS106A and add CS106B", "swap", "code:drop=CS106A", "code:add=CS106B")
    assert told(after(said)) == [("swap", "CS106A", "CS106B")]


def test_a_question_behind_a_wish_is_no_wish() -> None:
    said = turn(
        "enroll me in CS106A winter 2019 and when does CS106B meet?", "enroll",
        "code=CS106A", "quarter=winter", "year=2019", "attribute=when", "code=CS106B",
    )  # fmt: skip
    state = after(said)
    assert told(state) == [("enroll", "CS106A", "Winter", "2019")]
    assert state.act == Act.COURSE
    assert [course["code"] for course in state.args["courses"]] == ["CS106B"]
