"""Differences of facts: applied they give the new record, taken back the old one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from knowledge.admin.facts import canonical, differing

_values = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.text())
_facts = st.fixed_dictionaries(dict.fromkeys("abc", _values))


@given(_facts, _facts)
def test_a_difference_leads_there_and_back(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = differing(old, new)
    assert {**old, **after} == {**old, **new}
    assert {name: old.get(name) for name in before} == before
    assert before.keys() == after.keys() <= new.keys()
    assert all(old.get(name) != value for name, value in after.items())


@given(_facts)
def test_a_record_does_not_differ_from_itself(facts: dict[str, Any]) -> None:
    assert differing(facts, facts) == ({}, {})


@given(_facts)
def test_equal_facts_are_written_the_same(facts: dict[str, Any]) -> None:
    backwards = dict(reversed(facts.items()))
    assert canonical(facts) == canonical(backwards)
