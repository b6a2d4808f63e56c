"""Which question is asked next: properties over random candidates, and the bits of small cases."""

from __future__ import annotations

import math

import pytest
from graph_catalogue import course, hits, section, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue.graph.habits import Asked, Attribute, Habits
from knowledge.catalogue.graph.narrowing import narrow
from knowledge.catalogue.graph.question import (
    ENOUGH,
    SHOWN,
    Beliefs,
    next_question,
    questions,
    values,
)
from knowledge.catalogue.query import CourseHit
from knowledge.model.courses import Level
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter

_topics = st.lists(st.sampled_from(["logic", "film", "maps", "dance"]), max_size=3, unique=True)
_ways = st.lists(st.sampled_from(["WAY-SI", "WAY-FR"]), max_size=2, unique=True)
_quarters = st.sampled_from([Quarter.AUTUMN, Quarter.WINTER, Quarter.SPRING])


@st.composite
def _candidates(draw: st.DrawFn) -> list[CourseHit]:
    courses, sections = [], []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        low = draw(st.integers(1, 5))
        one = course(
            number,
            f"{draw(st.sampled_from(['CS', 'MATH', 'HISTORY']))}{number}",
            topics=draw(_topics),
            requirements=draw(_ways),
            units=(low, low + draw(st.integers(0, 2))),
            level=draw(st.sampled_from(Level)),
        )
        courses.append(one)
        for each in range(1, draw(st.integers(1, 3)) + 1):
            days = draw(st.sets(st.sampled_from([Day.MONDAY, Day.TUESDAY]), min_size=1))
            taken = draw(st.integers(0, 50))
            teacher = draw(st.sampled_from(["Ada Lamp", "Bo Reed", "Cy Stone"]))
            sections.append(section(one, each, draw(_quarters), teacher, sorted(days), taken))
    return hits(snapshot(courses, sections))


_popularity = st.dictionaries(st.sampled_from(["CS1", "MATH2", "CS3"]), st.floats(1e-4, 1.0))
_asked = st.lists(
    st.builds(
        Asked,
        st.fixed_dictionaries(
            {},
            optional={
                "subjects": st.lists(st.sampled_from(["cs", "History"]), max_size=2),
                "level": st.sampled_from(["graduate"]),
                "units": st.sampled_from([[3, 3], [1, 5]]),
                "days": st.just(["Monday"]),
            },
        ),
    ),
    max_size=6,
)
_beliefs = st.builds(Beliefs, _popularity, st.builds(Habits.of, _asked))
_known = st.sets(st.sampled_from(Attribute))


@given(_candidates(), _beliefs, _known)
@settings(max_examples=60, deadline=None)
def test_gains_are_never_negative_and_the_best_comes_first(candidates, beliefs, known) -> None:
    asked = questions(candidates, beliefs, known)
    assert all(question.gain > 0 and 0 < question.answered < 1 for question in asked)
    expected = [question.expected for question in asked]
    assert expected == sorted(expected, reverse=True)
    assert not known & {question.attribute for question in asked}
    for question in asked:
        assert 0 < len(question.choices) <= SHOWN
        assert sum(choice.probability for choice in question.choices) <= 1 + 1e-9


@given(_candidates(), _beliefs)
@settings(max_examples=60, deadline=None)
def test_what_does_not_split_is_not_asked(candidates, beliefs) -> None:
    asked = {question.attribute for question in questions(candidates, beliefs)}
    for attribute in Attribute:
        held = [frozenset(values(attribute, hit)) for hit in candidates]
        if len(set(held)) == 1:
            assert attribute not in asked


@given(_candidates(), _beliefs, st.data())
@settings(max_examples=60, deadline=None)
def test_asking_on_ends_with_few_results_or_nothing_to_ask(candidates, beliefs, data) -> None:
    left, known = candidates, set()
    while (question := next_question(left, beliefs, known)) is not None:
        assert question.attribute not in known
        known.add(question.attribute)
        choice = data.draw(st.sampled_from(question.choices))
        before, left = left, narrow(left, question.attribute, choice.value)
        assert len(left) == choice.count < len(before)
    assert len(left) <= ENOUGH or not questions(left, beliefs, known)


def test_equally_likely_single_values_tell_their_entropy() -> None:
    courses = [course(n, f"CS{n}", requirements=["A" if n <= 4 else "B"]) for n in range(1, 9)]
    (question,) = (
        q for q in questions(hits(snapshot(courses)), Beliefs({})) if q.attribute == "requirements"
    )
    assert question.gain == pytest.approx(1.0)
    assert [(c.value, c.count) for c in question.choices] == [("A", 4), ("B", 4)]


def test_a_popular_course_makes_its_value_likelier_and_less_telling() -> None:
    courses = [course(n, f"CS{n}", requirements=["A" if n == 1 else "B"]) for n in range(1, 9)]
    popularity = {"CS1": 0.93, **{f"CS{n}": 0.01 for n in range(2, 9)}}
    asked = questions(hits(snapshot(courses)), Beliefs(popularity))
    gain = next(q.gain for q in asked if q.attribute == "requirements")
    assert gain == pytest.approx(-0.93 * math.log2(0.93) - 0.07 * math.log2(0.07))


def test_candidates_without_a_value_tell_nothing() -> None:
    courses = [course(n, f"CS{n}", requirements=["A"] if n <= 2 else []) for n in range(1, 9)]
    asked = questions(hits(snapshot(courses)), Beliefs({}))
    assert next(q.gain for q in asked if q.attribute == "requirements") == pytest.approx(0.25 * 2)


def test_few_candidates_need_no_question() -> None:
    courses = [course(n, f"CS{n}", requirements=[f"W{n}"]) for n in range(1, ENOUGH + 1)]
    assert next_question(hits(snapshot(courses)), Beliefs({})) is None


def test_a_question_must_tell_as_many_bits_as_are_asked_for() -> None:
    courses = [course(n, f"CS{n}", requirements=["A" if n <= 4 else "B"]) for n in range(1, 9)]
    candidates = hits(snapshot(courses))
    assert next_question(candidates, Beliefs({}), least=0.9) is not None
    assert next_question(candidates, Beliefs({}), least=1.1) is None


def test_days_stand_in_their_own_order() -> None:
    courses = [course(n, f"CS{n}") for n in range(1, 8)]
    days = [Day.FRIDAY, Day.MONDAY, Day.FRIDAY, Day.SUNDAY, Day.TUESDAY, Day.FRIDAY, Day.TUESDAY]
    sections = [section(c, 1, days=[day]) for c, day in zip(courses, days, strict=True)]
    asked = questions(hits(snapshot(courses, sections)), Beliefs({}))
    choices = next(q.choices for q in asked if q.attribute == "days")
    assert [choice.value for choice in choices] == ["Monday", "Tuesday", "Friday", "Sunday"]
