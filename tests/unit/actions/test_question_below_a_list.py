"""When a question is put below a list, and what its options do; a fake graph answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import narrowing
from actions.context import Exchange
from actions.texts import Texts
from bot.dialogue.advising import NARROWING
from bot.dialogue.filling import Clock
from bot.dialogue.state import Ask, DialogueState, Mentioned, Question
from knowledge.clients.advising import ChoiceView, QuestionView
from knowledge.errors import ServiceUnavailable
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates

UNITS = QuestionView("units", 1.3, (ChoiceView("1", "1", 3), ChoiceView("4", "4", 6)), 9, True)
SUBJECTS = QuestionView("subjects", 3.0, (ChoiceView("MS&E", "Management", 2),), 9, False)
AUTUMN = TermDates(Term(Quarter.AUTUMN, 2018), date(2018, 9, 24), date(2018, 12, 14),
                   date(2018, 9, 1), date(2018, 10, 12), date(2018, 11, 16))  # fmt: skip


@dataclass
class FakeGraph:
    """Answers each call with the next question, and notes what it was asked."""

    answers: list[QuestionView | None]
    calls: list[tuple[list[tuple[str, str]], tuple[str, ...], float]] = field(default_factory=list)

    async def question(
        self, params: list[tuple[str, str]], ask: tuple[str, ...], least: float
    ) -> QuestionView | None:
        self.calls.append((params, ask, least))
        if not self.answers:
            raise ServiceUnavailable("explorecourses")
        return self.answers.pop(0)


@dataclass
class FakeServices:
    advising: FakeGraph
    texts: Texts = field(default_factory=Texts.read)

    async def academic_clock(self) -> Clock:
        return Clock(AcademicCalendar.of([AUTUMN]), date(2018, 11, 15))


def _listed(**more: Any) -> DialogueState:
    shown = tuple(Mentioned(f"CS{n}") for n in range(8))
    return DialogueState(query={"topics": ["science"]}, results=shown, offset=8, **more)


def _exchange(state: DialogueState, *answers: QuestionView | None) -> Any:
    services: Any = FakeServices(FakeGraph(list(answers)))
    tracker: Any = None
    return Exchange(tracker, CollectingDispatcher(), services, state)


async def test_options_are_buttons_with_counts_and_filters() -> None:
    exchange = _exchange(_listed(), UNITS)
    await narrowing.offer(exchange, 9, [("topic", "science")])
    (message,) = exchange.dispatcher.messages
    assert "1 unit (3), 4 units (6)" in message["text"]
    assert [button["title"] for button in message["buttons"]] == ["1 unit", "4 units"]
    assert exchange.state.args[NARROWING] == [
        {"label": "1 unit", "filters": {"units": [1, 1]}},
        {"label": "4 units", "filters": {"units": [4, 4]}},
    ]
    ((params, ask, least),) = exchange.services.advising.calls
    assert ("academic_start", "2018") in params
    assert "topics" not in ask
    assert least == 1.0


async def test_a_list_of_other_years_is_asked_about_as_it_was_found() -> None:
    exchange = _exchange(_listed(), UNITS, SUBJECTS)  # the first question is of another total
    await narrowing.offer(exchange, 12, [("topic", "science")])
    assert exchange.services.advising.calls[1][0] == [("topic", "science")]
    (message,) = exchange.dispatcher.messages
    assert message["text"].endswith("Management?")  # not all were counted, so no counts
    assert exchange.state.args[NARROWING][0]["filters"] == {"subjects": ["Management"]}


async def test_a_dated_list_is_asked_about_once() -> None:
    exchange = _exchange(_listed(), None)
    await narrowing.offer(exchange, 9, [("year", "2019")])
    assert exchange.services.advising.calls[0][0] == [("year", "2019")]
    assert not exchange.dispatcher.messages


async def test_a_list_stands_by_itself_when_the_graph_is_away() -> None:
    exchange = _exchange(_listed())
    await narrowing.offer(exchange, 9, [])
    assert not exchange.dispatcher.messages
    assert NARROWING not in exchange.state.args


@pytest.mark.parametrize(
    ("state", "total"),
    [
        (_listed(), 5),
        (_listed(question=Question(Ask.CLASS)), 9),
        (DialogueState(query={"topics": ["science"]}, results=(Mentioned("CS1"),), offset=9), 9),
        (
            DialogueState(
                query={"topics": ["a"], "level": "graduate", "quarters": ["Winter"], "year": 2019},
                offset=0,
            ),
            9,
        ),
    ],
    ids=["few results", "a question is open", "a second page", "described well"],
)
async def test_no_question_where_it_would_be_in_the_way(state: DialogueState, total: int) -> None:
    exchange = _exchange(state)
    await narrowing.offer(exchange, total, [])
    assert not exchange.services.advising.calls
    assert not exchange.dispatcher.messages
