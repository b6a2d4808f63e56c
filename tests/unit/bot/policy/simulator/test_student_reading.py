"""Simulated students read every response back, with its facts, also several in one message."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.simulator.student.reading import UNKNOWN, Reader, read_all, responses_of, the_reader
from bot.policy.simulator.values import Reply

RESPONSES = responses_of()
WORDS = st.sampled_from(("deep learning", "a seminar", "history", "Ada Lovelace", "x"))
NUMBERS = st.integers(1, 9).map(str)
CODES = st.sampled_from(("CS106A", "MS&E121", "EE42", "PHYSICS43", "MATH131P"))
TITLES = st.sampled_from(
    ("Deep Learning", "First-Year French, First Quarter", "Who Are We? A History, 1900-1940")
)
COURSES = st.tuples(CODES, TITLES).map(" ".join)
QUARTERS = st.sampled_from(("Autumn", "Winter", "Spring", "Summer"))
YEARS = st.sampled_from(("2018", "2019", "2027"))
TERMS = st.tuples(QUARTERS, YEARS).map(" ".join)
TIMES = st.just("Mon Wed 9:30-10:50, Garnet 210")
LINES = st.tuples(COURSES, NUMBERS).map(lambda of: f"1. {of[0]} ({of[1]} units)\n   {of[1]}")
FACTS = {
    "quarter": QUARTERS,
    "year": YEARS,
    "course": COURSES,
    "dropped": COURSES,
    "code": CODES,
    "other_code": CODES,
    "when": st.one_of(st.just(""), TERMS.map(" {}".format), TERMS.map(" for {}".format)),
    "times": TIMES,
    "list": LINES,
    "sections": LINES,
    "offered": TERMS,
    "term": TERMS,
    "old": TERMS,
    **dict.fromkeys(
        ("units", "seats", "capacity", "position", "waiting", "total", "number", "count", "limit",
         "first", "shown", "waitlisted", "places", "courses", "quarters", "section"),
        NUMBERS,
    ),
}  # fmt: skip
VARIANTS = [(name, text) for name, texts in RESPONSES.items() for text in texts]


PARTS = ("utter_part_", "utter_fact_", "reading_")


def own_letters(name: str) -> int:
    return max(len(re.sub(r"\{\w+\}", "", text).strip()) for text in RESPONSES[name])


def facts_of(text: str) -> st.SearchStrategy[dict[str, str]]:
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    return st.fixed_dictionaries({name: FACTS.get(name, WORDS) for name in sorted(names)})


@pytest.mark.parametrize(("name", "text"), VARIANTS, ids=[name for name, _ in VARIANTS])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_response_is_read_as_itself(name: str, text: str, data: st.DataObject) -> None:
    facts = data.draw(facts_of(text))
    said = text.format(**facts)
    if name.startswith(PARTS):
        read = the_reader().parts(said.replace("\n", " "))
        assert own_letters(read[0].name) >= own_letters(name)  # a piece may look like another's
    else:
        read = the_reader().read(Reply(said))
        assert name in read[0].names
    assert len(read) == 1
    if read[0].name == name and not name.startswith(PARTS):
        assert {place: value.strip() for place, value in read[0].facts.items()} == {
            place: value.strip() for place, value in facts.items()
        }


def test_several_responses_in_one_message_are_read_in_order() -> None:
    text = (
        "CS106A is worth 5 units (usually 5).\nWho teaches CS106A:\n   Winter 2019, section 01: A"
    )
    read = the_reader().read(Reply(text, ("yes",)))
    assert [heard.name for heard in read] == ["utter_about_units", "utter_about_instructor"]
    assert [heard.buttons for heard in read] == [(), ("yes",)]


def test_a_title_with_commas_leaves_the_term_alone() -> None:
    text = "Just to be sure: enroll you in FRENLANG1 First-Year French, First Quarter Winter 2019?"
    (heard,) = the_reader().read(Reply(text))
    assert heard.code == "FRENLANG1"
    assert heard.get("when") == " Winter 2019"


def test_what_no_response_explains_is_unknown() -> None:
    (heard,) = read_all([Reply("Beep beep, I am a teapot.", ("ok",))])
    assert heard.name == UNKNOWN
    assert heard.buttons == ("ok",)


def test_a_response_written_later_is_read_as_well(tmp_path) -> None:
    (tmp_path / "new.yml").write_text("responses:\n  utter_new:\n  - text: 'New: {thing}!'\n")
    (heard,) = Reader.of_domain(tmp_path).read(Reply("New: a bicycle!"))
    assert heard.name == "utter_new"
    assert heard.get("thing") == "a bicycle"


def test_no_response_is_all_places() -> None:
    said = [text for name, text in VARIANTS if not name.startswith(PARTS)]
    assert all(re.sub(r"\{\w+\}", "", text).strip() for text in said)
