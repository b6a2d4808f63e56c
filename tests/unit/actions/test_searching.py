"""Parameters of a search, what is tried in turn, and how a list names its conditions."""

from __future__ import annotations

from typing import Any

from actions.headings import conditions, heading, ways_out, why
from actions.searching import attempts, first_found, params
from actions.texts import Texts
from knowledge.clients import values
from knowledge.clients.values import RelaxationView, ResultsView

_TEXTS = Texts.read()
_BEFORE_TEN = [{"days": ["Friday"], "earliest": None, "latest": 600}]


def _part(name: str, **facts: Any) -> str:
    return _TEXTS.render(name, 0, **facts)


def test_every_condition_becomes_a_parameter() -> None:
    query = {
        "topics": ["deep learning"], "about": "deep learning on graphs", "subjects": ["CS"],
        "avoided": _BEFORE_TEN, "units": [3, 4], "easy": True, "no_prerequisites": True,
    }  # fmt: skip
    given = params(query, 8)
    assert {
        ("topic", "deep learning"), ("about", "deep learning on graphs"), ("subject", "CS"),
        ("avoid", "Friday:-600"), ("units_min", "3"), ("units_max", "4"), ("sort", "easy"),
        ("prerequisites", "none"), ("offset", "8"),
    } <= set(given)  # fmt: skip


def test_this_year_is_meant_before_any_and_a_subject_may_be_let_go() -> None:
    query = {"subjects": ["math"], "topics": ["code"]}
    tried = list(attempts(query, 2018))
    assert tried == [
        {**query, "academic_start": 2018}, query,
        {"topics": ["code"], "academic_start": 2018}, {"topics": ["code"]},
    ]  # fmt: skip
    assert list(attempts({"year": 2019}, 2018)) == [{"year": 2019}]


async def test_the_first_that_finds_is_kept_for_later_pages() -> None:
    async def ask(given: list[tuple[str, str]]) -> ResultsView:
        return ResultsView(0 if ("academic_start", "2018") in given else 9, ())

    query, found = await first_found({"subjects": ["CS"]}, 2018, 8, ask)
    assert (query, found.total) == ({"subjects": ["CS"]}, 9)


async def test_when_nothing_is_found_the_first_answer_tells_what_stands_in_the_way() -> None:
    answers = iter([(RelaxationView(("level",), 3),), ()])

    async def ask(given: list[tuple[str, str]]) -> ResultsView:
        return ResultsView(0, (), next(answers))

    _, found = await first_found({"level": "graduate"}, 2018, 0, ask)
    assert ways_out(_part, found.relaxations) == "Without the level there would be 3."


def test_conditions_are_named_as_students_say_them() -> None:
    query = {
        "level": "undergraduate", "subjects": ["history"], "quarters": ["Spring"], "year": 2019,
        "avoided": _BEFORE_TEN, "units": [3, 4],
    }  # fmt: skip
    assert heading(_part, query) == (
        "undergraduate history, Spring 2019, not on Friday before 10:00, 3-4 units"
    )
    assert conditions(_part, {}) == []
    assert heading(_part, {"text": "stars"}) == '"stars"'
    assert heading(_part, {}) == "all courses"
    assert conditions(_part, {"units": [3, 30]}) == ["at least 3 units"]


def test_two_conditions_to_give_up_are_joined() -> None:
    relaxed = (RelaxationView(("days", "units"), 4),)
    text = ways_out(_part, relaxed)
    assert text == "Without the condition on days and the number of units there would be 4."


def test_a_course_tells_why_it_was_found() -> None:
    data = {
        "code": "CS230", "codes": ["CS230"], "title": "Deep Learning", "description": "",
        "units_min": 3, "units_max": 4, "usual_units": 3, "level": "graduate",
        "requirements": [], "gradings": [], "prerequisites": "", "prerequisite_codes": [],
        "terms": [], "sections": [],
    }  # fmt: skip
    by_words = values.course({**data, "reason": {"words": ["deep", "learning"], "meaning": 0.6}})
    by_meaning = values.course({**data, "reason": {"words": [], "meaning": 0.4}})
    assert why(_part, by_words) == " - matches deep, learning"
    assert why(_part, by_meaning) == " - near in meaning"
    assert why(_part, values.course(data)) == ""
