"""When a question is put below a list, what its options do, when it is left out; a fake graph."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import narrowing
from actions.context import Exchange
from actions.texts import Texts
from bot.dialogue.narrowing import Narrowing
from bot.dialogue.state import Ask, DialogueState, Goal, GoalKind, Mentioned, Question
from knowledge.clients.advising import ChoiceView, QuestionView
from knowledge.errors import ServiceUnavailable

UNITS = QuestionView("units", 1.3, (ChoiceView("1", "1", 3), ChoiceView("4", "4", 6)), 9, True)
SUBJECTS = QuestionView("subjects", 3.0, (ChoiceView("MS&E", "Management", 2),), 9, False)
TOPICS = QuestionView("topics", 3.0, (ChoiceView("maps", "maps", 2),), 9, True, others=7)
TIMES = QuestionView("times", 2.0, (ChoiceView("Tuesday,Thursday:720-1080", "", 4),), 9, True)
PARAMS = [("topic", "science"), ("academic_start", "2018"), ("limit", "8"), ("offset", "0")]
SEARCHED = (("topic", "science"), ("academic_start", "2018"))
WISH = (Goal(GoalKind.ENROLL, "m:0"),)


@dataclass
class FakeGraph:
    """Answers each call with the next question, and notes what it was asked."""

    answers: list[QuestionView | None]
    calls: list[tuple[Any, tuple[str, ...], float]] = field(default_factory=list)

    async def question(self, params: Any, skip: Any, least: float) -> QuestionView | None:
        self.calls.append((tuple(params), tuple(skip), least))
        if not self.answers:
            raise ServiceUnavailable("explorecourses")
        return self.answers.pop(0)


@dataclass
class FakeServices:
    advising: FakeGraph
    texts: Texts = field(default_factory=Texts.read)


def _listed(shown: int = 8, **more: Any) -> DialogueState:
    results = tuple(Mentioned(f"CS{n}", f"Course {n}") for n in range(1, shown + 1))
    return DialogueState(query={"topics": ["science"]}, results=results, offset=shown, **more)


def _exchange(state: DialogueState, *answers: QuestionView | None) -> Any:
    services: Any = FakeServices(FakeGraph(list(answers)))
    tracker: Any = None
    return Exchange(tracker, CollectingDispatcher(), services, state)


def _put(exchange: Any) -> Narrowing:
    return Narrowing.of(exchange.state)


async def test_options_are_buttons_with_counts_and_filters() -> None:
    exchange = _exchange(_listed(), UNITS)
    await narrowing.offer(exchange, 40, PARAMS)
    (message,) = exchange.dispatcher.messages
    assert "1 unit (3), 4 units (6)" in message["text"]
    assert [button["title"] for button in message["buttons"]] == ["1 unit", "4 units"]
    assert _put(exchange).options == (
        {"label": "1 unit", "filters": {"units": [1, 1]}},
        {"label": "4 units", "filters": {"units": [4, 4]}},
    )
    assert exchange.services.advising.calls == [(SEARCHED, (), 0.8)]


async def test_not_all_counted_no_counts_and_names_are_filters() -> None:
    exchange = _exchange(_listed(), SUBJECTS)
    await narrowing.offer(exchange, 900, PARAMS)
    (message,) = exchange.dispatcher.messages
    assert message["text"].endswith("Management?")
    assert _put(exchange).options[0]["filters"] == {"subjects": ["Management"]}


async def test_topics_have_something_else_and_times_are_days_and_hours() -> None:
    exchange = _exchange(_listed(), TOPICS)
    await narrowing.offer(exchange, 9, PARAMS)
    assert [each["filters"] for each in _put(exchange).options] == [
        {"tagged": ["maps"]},
        {"not_tagged": ["maps"]},
    ]
    assert exchange.dispatcher.messages[0]["buttons"][-1]["title"] == "something else"
    exchange = _exchange(_listed(), TIMES)
    await narrowing.offer(exchange, 9, PARAMS)
    (option,) = _put(exchange).options
    assert option["label"] == "Tue Thu afternoons"
    assert option["filters"] == {
        "days": ["Tuesday", "Thursday"], "earliest": 720, "latest": 1080,
    }  # fmt: skip


async def test_a_short_list_needs_fewer_bits() -> None:
    exchange = _exchange(_listed(), None)
    await narrowing.offer(exchange, 10, PARAMS)
    assert exchange.services.advising.calls[0][2] == pytest.approx(0.5)
    assert not exchange.dispatcher.messages


async def test_a_list_stands_by_itself_when_the_graph_is_away() -> None:
    exchange = _exchange(_listed())
    await narrowing.offer(exchange, 9, PARAMS)
    assert not exchange.dispatcher.messages
    assert _put(exchange).attribute == ""


@pytest.mark.parametrize(
    ("state", "total"),
    [
        (_listed(), 5),
        (_listed(question=Question(Ask.QUARTER), goals=WISH), 9),
        (replace(_listed(1), offset=9), 9),
        (_listed(narrowing=Narrowing("units", ignored=1, query={"level": "law"}).to_json()), 9),
    ],
    ids=["few results", "a question is open", "a second page", "two were passed over"],
)
async def test_no_question_where_it_would_be_in_the_way(state: DialogueState, total: int) -> None:
    exchange = _exchange(state)
    await narrowing.offer(exchange, total, [])
    assert not exchange.services.advising.calls
    assert not exchange.dispatcher.messages


async def test_an_answer_is_followed_by_the_next_question_never_the_same() -> None:
    asked = Narrowing("units", asked=("topics", "units"), query={"topics": ["science"]})
    state = _listed(narrowing=asked.to_json())
    exchange = _exchange(replace(state, query={**state.query, "units": [4, 4]}), TIMES)
    await narrowing.offer(exchange, 9, PARAMS)
    assert exchange.services.advising.calls[0][1] == ("topics", "units")
    assert _put(exchange).asked == ("topics", "units", "times")


def _declined(**more: Any) -> DialogueState:
    kept = Narrowing("", asked=("units",), declined=True, params=SEARCHED, total=20)
    return _listed(narrowing=kept.to_json(), **more)


async def test_no_matter_moves_on_to_the_next_question_without_the_list() -> None:
    exchange = _exchange(_declined(), TIMES)
    assert await narrowing.go_on(exchange)
    assert exchange.services.advising.calls == [(SEARCHED, ("units",), 0.8)]
    assert _put(exchange).asked == ("units", "times")
    assert not _put(exchange).declined


async def test_with_nothing_more_to_ask_the_next_page_or_the_end_follows() -> None:
    exchange = _exchange(_declined(more=True), None)
    assert not await narrowing.go_on(exchange)
    assert not exchange.dispatcher.messages
    exchange = _exchange(_declined(), None)
    assert await narrowing.go_on(exchange)
    assert exchange.dispatcher.messages[0]["text"] == "That was all of it."


async def test_whoever_asked_for_the_next_page_is_not_held_up() -> None:
    assert not await narrowing.go_on(_exchange(_listed()))


async def test_a_wish_is_narrowed_in_place_of_which_class() -> None:
    exchange = _exchange(_listed(goals=WISH), TIMES)
    await narrowing.offer(exchange, 9, PARAMS)
    assert exchange.state.question == Question(Ask.CLASS)
    assert _put(exchange).attribute == "times"


async def test_a_wish_ends_in_a_choice_of_what_is_left() -> None:
    state = _listed(1, goals=WISH)
    dated = (Mentioned("CS9", "Maps", None, "Winter", 2019), *state.results)
    exchange = _exchange(replace(state, results=dated, offset=2))
    await narrowing.offer(exchange, 2, PARAMS)
    question = exchange.state.question
    assert question.ask is Ask.CHOICE
    assert [option.fills for option in question.options] == [
        {"code": "CS9", "name": "Maps", "quarter": "Winter", "year": 2019},
        {"code": "CS1", "name": "Course 1"},
    ]


async def test_a_single_course_left_is_asked_for_by_name() -> None:
    exchange = _exchange(_listed(1, goals=WISH))
    await narrowing.offer(exchange, 1, PARAMS)
    assert exchange.dispatcher.messages[0]["text"] == "Shall I enroll you in CS1 Course 1?"
