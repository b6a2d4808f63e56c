"""Cards: which buttons stand on them, what these say, and where they link to; a fixed clock."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.cards import course_card, custom, enrollment_card
from actions.context import Exchange
from actions.texts import Texts
from bot.dialogue.filling import Clock
from bot.dialogue.state import DialogueState
from knowledge.clients.values import CourseView, EnrollmentView, SectionView
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates

TODAY = date(2018, 11, 15)


def _dates(quarter: Quarter, year: int, starts: date, opens: date, closes: date) -> TermDates:
    return TermDates(
        term=Term(quarter, year), starts=starts, ends=starts + timedelta(days=75),
        enroll_opens=opens,
        enroll_closes=closes, drop_by=closes, withdraw_by=closes,
    )  # fmt: skip


CALENDAR = AcademicCalendar.of(
    [
        _dates(Quarter.SPRING, 2018, date(2018, 4, 2), date(2018, 2, 1), date(2018, 4, 20)),
        _dates(Quarter.AUTUMN, 2018, date(2018, 9, 24), date(2018, 8, 1), date(2018, 10, 12)),
        _dates(Quarter.WINTER, 2019, date(2019, 1, 7), date(2018, 11, 1), date(2019, 1, 25)),
        _dates(Quarter.SPRING, 2019, date(2019, 4, 1), date(2018, 11, 1), date(2019, 4, 19)),
        _dates(Quarter.WINTER, 2020, date(2020, 1, 6), date(2019, 11, 1), date(2020, 1, 24)),
    ]
)
CLOCK = Clock(CALENDAR, TODAY)
SECTION = SectionView(
    class_id=7, quarter="Winter", year=2019, section="01", instructors=("Ann Lee",), capacity=9,
    enrolled=1, seats_left=8, waitlist_capacity=0, waitlisted=0, meetings=("Mon 9:00-9:50",),
    days=frozenset({"Monday"}), start="9:00", end="9:50", rooms=("Elm 1",),
)  # fmt: skip
COURSE = CourseView(
    code="MS&E120", codes=("MS&E120",), title="Probability", description="", units_min=3,
    units_max=4, usual_units=4, level="undergraduate", requirements=(), gradings=("letter",),
    prerequisites="", prerequisite_codes=(), terms=(("Winter", 2019),), sections=(SECTION,),
)  # fmt: skip
HELD = EnrollmentView(
    class_id=7, code="CS106A", title="Programming", quarter="Winter", year=2019, units=5,
    grading="letter", status="enrolled", position=None, section="01", meetings=("Mon 9:00-9:50",),
)  # fmt: skip


@dataclass
class FakeServices:
    texts: Texts = field(default_factory=Texts.read)
    site_url: str = "https://quad.example"


@pytest.fixture(scope="module")
def exchange() -> Any:
    services: Any = FakeServices()
    tracker: Any = None
    return Exchange(tracker, CollectingDispatcher(), services, DialogueState())


def at(*terms: tuple[str, int]) -> list[SectionView]:
    return [replace(SECTION, quarter=quarter, year=year) for quarter, year in terms]


def told(card: Any) -> list[tuple[str, str]]:
    return [(action.title, action.say) for action in card.actions]


def test_one_open_term_is_one_button_and_links_keep_odd_letters(exchange: Any) -> None:
    card = course_card(exchange, CLOCK, COURSE, [SECTION], ["   a line", "", " - why"])
    assert told(card) == [("Enroll", "enroll me in MS&E120 for Winter 2019")]
    assert card.link == "https://quad.example/explorecourses/search?q=MS%26E120"
    assert card.lines == ("a line", "why")
    assert (card.kind, card.units, card.number) == ("course", "3-4 units", None)


def test_terms_that_are_closed_or_over_are_not_offered(exchange: Any) -> None:
    sections = at(("Spring", 2019), ("Autumn", 2018), ("Winter", 2019), ("Winter", 2020))
    card = course_card(exchange, CLOCK, COURSE, [*sections, *sections], [], number=2)
    assert told(card) == [
        ("Enroll, Winter 2019", "enroll me in MS&E120 for Winter 2019"),
        ("Enroll, Spring 2019", "enroll me in MS&E120 for Spring 2019"),
        ("Details", "what is MS&E120?"),
    ]


def test_a_term_that_no_calendar_knows_is_no_reason_to_fail(exchange: Any) -> None:
    assert told(course_card(exchange, CLOCK, COURSE, at(("Summer", 2031)), [])) == []


def test_what_is_held_can_be_left_before_it_is_over(exchange: Any) -> None:
    card = enrollment_card(exchange, CLOCK, HELD, ["Winter 2019: Mon"])
    assert told(card) == [("Drop", "drop CS106A in Winter 2019")]
    waiting = replace(HELD, status="waitlisted", position=2)
    assert told(enrollment_card(exchange, CLOCK, waiting, [])) == [
        ("Leave waitlist", "drop CS106A in Winter 2019")
    ]
    past = replace(HELD, quarter="Spring", year=2018)
    assert told(enrollment_card(exchange, CLOCK, past, [])) == []


def test_custom_is_plain_json_and_empty_without_cards(exchange: Any) -> None:
    card = course_card(exchange, CLOCK, COURSE, [SECTION], ["a"], number=1)
    made = custom("I found 1:\n", [card])
    assert made["lead"] == "I found 1:"
    assert json.loads(json.dumps(made))["cards"][0]["actions"][0] == {
        "title": "Enroll",
        "say": "enroll me in MS&E120 for Winter 2019",
    }
    assert custom("I found nothing.", []) == {}
