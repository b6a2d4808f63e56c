"""Which question is asked next: properties over random candidates, and the bits of small cases."""

from __future__ import annotations

import math

import pytest
from graph_catalogue import course, hits, section, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue.graph.habits import Asked, Attribute, Habits
from knowledge.catalogue.graph.having import matching, values
from knowledge.catalogue.graph.narrowing import narrow, without
from knowledge.catalogue.graph.question import (
    ELSE,
    ENOUGH,
    OPEN,
    SHOWN,
    Beliefs,
    next_question,
    questions,
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
        assert 0 < len(question.choices) <= OPEN.get(question.attribute, SHOWN)
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
        choice = data.draw(st.sampled_from([*question.choices, None]))
        before = left
        if choice is not None:
            left = narrow(left, question.attribute, choice.value)
            assert len(left) == choice.count < len(before)
        elif question.attribute in ELSE and question.others:
            left = without(left, question.attribute, [each.value for each in question.choices])
            assert len(left) == question.others < len(before)
    assert len(left) <= ENOUGH or not questions(left, beliefs, known)


@given(_candidates(), _beliefs, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_candidates_does_not_matter(candidates, beliefs, chance) -> None:
    shuffled = chance.sample(candidates, len(candidates))
    ours, theirs = questions(candidates, beliefs), questions(shuffled, beliefs)
    assert [q.attribute for q in ours] == [q.attribute for q in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert one.gain == pytest.approx(other.gain)
        assert [(c.value, c.count) for c in one.choices] == [
            (c.value, c.count) for c in other.choices
        ]


@given(_candidates(), _beliefs)
@settings(max_examples=60, deadline=None)
def test_no_answer_is_worth_more_than_what_leaves_few_enough(candidates, beliefs) -> None:
    wanted = math.log2(max(1.0, len(candidates) / ENOUGH))
    assert all(question.gain <= wanted + 1e-9 for question in questions(candidates, beliefs))


def _asked(courses, attribute, popularity=None):
    found = questions(hits(snapshot(courses)), Beliefs(popularity or {}))
    return next(question for question in found if question.attribute is attribute)


def test_equally_likely_single_values_tell_their_entropy() -> None:
    courses = [course(n, f"CS{n}", requirements=["A" if n <= 20 else "B"]) for n in range(1, 41)]
    question = _asked(courses, Attribute.REQUIREMENT)
    assert question.gain == pytest.approx(1.0)
    assert [(c.value, c.count) for c in question.choices] == [("A", 20), ("B", 20)]


def test_a_popular_course_makes_its_value_likelier_and_less_telling() -> None:
    courses = [course(n, f"CS{n}", requirements=["A" if n == 1 else "B"]) for n in range(1, 42)]
    popularity = {"CS1": 0.8, **{f"CS{n}": 0.005 for n in range(2, 42)}}
    gain = _asked(courses, Attribute.REQUIREMENT, popularity).gain
    assert gain == pytest.approx(-0.8 * math.log2(0.8) - 0.2 * math.log2(0.2))


def test_candidates_without_a_value_tell_nothing() -> None:
    courses = [course(n, f"CS{n}", requirements=["A"] if n <= 10 else []) for n in range(1, 41)]
    assert _asked(courses, Attribute.REQUIREMENT).gain == pytest.approx(0.25 * 2)


def test_something_else_tells_that_it_is_none_of_the_topics_shown() -> None:
    courses = [course(n, f"CS{n}", topics=["maps"] if n <= 10 else []) for n in range(1, 41)]
    question = _asked(courses, Attribute.TOPIC)
    assert question.others == 30
    assert question.gain == pytest.approx(0.25 * 2 - 0.75 * math.log2(0.75))


def test_bits_beyond_few_enough_save_no_question() -> None:
    courses = [course(n, f"CS{n}", requirements=[f"W{n}"]) for n in range(1, 21)]
    assert _asked(courses, Attribute.REQUIREMENT).gain == pytest.approx(2.0)  # 20 to 5, not to 1


def test_topics_shown_together_reach_as_many_courses_as_they_can() -> None:
    common = [course(n, f"CS{n}", topics=["maps", f"maps {n % 9}"]) for n in range(1, 31)]
    rare = [course(n, f"CS{n}", topics=["dance"]) for n in range(31, 35)]
    question = _asked([*common, *rare], Attribute.TOPIC)
    assert [choice.value for choice in question.choices] == ["maps", "dance"]


def test_times_name_days_and_a_part_of_the_day() -> None:
    courses = [course(n, f"CS{n}") for n in range(1, 10)]
    days = [[Day.MONDAY, Day.WEDNESDAY]] * 4 + [[Day.MONDAY]] * 2 + [[Day.TUESDAY]] * 3
    sections = [section(c, 1, days=each) for c, each in zip(courses, days, strict=True)]
    asked = questions(hits(snapshot(courses, sections)), Beliefs({}))
    question = next(q for q in asked if q.attribute is Attribute.TIMES)
    counted = {choice.value.partition(":")[0]: choice.count for choice in question.choices}
    # Who can on Mondays and Wednesdays is shown what meets on Mondays alone too.
    assert counted == {"Monday,Wednesday": 6, "Tuesday": 3}
    assert matching(Attribute.TIMES, [("Monday:-720",), ("Monday,Wednesday:-720",)])[0] == (
        "Monday,Wednesday:-720",
        "Monday:-720",
    )


def test_few_candidates_need_no_question() -> None:
    courses = [course(n, f"CS{n}", requirements=[f"W{n}"]) for n in range(1, ENOUGH + 1)]
    assert next_question(hits(snapshot(courses)), Beliefs({})) is None


def test_a_question_must_tell_as_many_bits_as_are_asked_for() -> None:
    courses = [course(n, f"CS{n}", requirements=["A" if n <= 20 else "B"]) for n in range(1, 41)]
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
