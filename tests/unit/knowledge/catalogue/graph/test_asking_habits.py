"""What is learnt from conversations: shares of searches, values under several spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue.graph.habits import PRIOR_QUESTIONS, Asked, Attribute, Habits

_plain = st.sampled_from([None, True, -3, 10**9, 0.5, "", " ", "CS", "way-si"])
_junk = _plain | st.lists(_plain, max_size=3) | st.just({"a": 1})


def test_without_conversations_the_prior_stands() -> None:
    assert Habits().answered(Attribute.SUBJECT) == pytest.approx(0.378)
    assert Habits().count(Attribute.SUBJECT, "CS") == 0


def test_many_conversations_outweigh_the_prior() -> None:
    habits = Habits.of([Asked({"units": [3, 4]})] * 980)
    assert habits.answered(Attribute.UNITS) > 0.97
    assert habits.answered(Attribute.SUBJECT) < 0.01
    assert habits.count(Attribute.UNITS, "3") == habits.count(Attribute.UNITS, "4") == 980


def test_a_value_counts_under_any_of_its_spellings_once_a_search() -> None:
    said = [Asked({"subjects": ["CS", "cs"]}), Asked({"subjects": ["Computer Science"]})]
    habits = Habits.of(said)
    assert habits.count(Attribute.SUBJECT, "cs", "CS", "computer science") == 2
    assert habits.named[Attribute.SUBJECT] == 2


def test_a_search_without_attributes_counts_as_one() -> None:
    habits = Habits.of([Asked({}), Asked({"earliest": 600})])
    assert habits.searches == 2
    share = 0.118 * PRIOR_QUESTIONS / (2 + PRIOR_QUESTIONS)
    assert habits.answered(Attribute.REQUIREMENT) == pytest.approx(share)


def test_days_and_hours_are_times() -> None:
    said = [Asked({"days": ["Monday"], "latest": 720}), Asked({"earliest": 1020}), Asked({})]
    habits = Habits.of(said)
    assert habits.named[Attribute.TIMES] == 2
    assert habits.count(Attribute.TIMES, "Monday:-720") == 1
    assert habits.count(Attribute.TIMES, ":1020-") == 1


@given(st.lists(st.dictionaries(st.sampled_from([*Attribute, "text"]), _junk), max_size=5))
def test_whatever_was_logged_gives_probabilities(logged) -> None:
    habits = Habits.of(Asked(filters) for filters in logged)
    assert all(0 < habits.answered(attribute) < 1 for attribute in Attribute)
