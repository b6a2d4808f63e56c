"""Units above the cap by petition, and courses that can be passed more than once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_case import SPRING, WINTER, case, course, slugs, taken

from knowledge import errors
from knowledge.model.students import Decision, Petition, Status
from knowledge.registrar.rules import Wish, judge
from knowledge.registrar.rules.workload import PETITION_ROOM

SMALL = replace(case().student, max_units=3)


def _petition(units: int, decision: Decision) -> Petition:
    return Petition(1, "05551234", WINTER, units, decision)


def test_a_little_over_the_cap_a_petition_is_possible() -> None:
    with pytest.raises(errors.UnitLimitExceeded) as refusal:
        judge(case(student=SMALL))
    assert refusal.value.petition_up_to == 3 + PETITION_ROOM


def test_far_over_it_none_is() -> None:
    with pytest.raises(errors.UnitLimitExceeded) as refusal:
        judge(case(student=replace(SMALL, max_units=0)))
    assert refusal.value.petition_up_to == 0


def test_an_approved_one_raises_the_cap_and_no_further() -> None:
    approved = _petition(5, Decision.APPROVED)
    assert judge(case(student=SMALL, petition=approved)) is Status.ENROLLED
    more = (taken(course("BIO101", 2)),)
    assert slugs(case(student=SMALL, petition=approved, taken=more)) == ["unit-limit-exceeded"]


def test_a_pending_one_is_waited_for_and_a_denied_one_is_final() -> None:
    wish = Wish(petition=True)
    pending = case(student=SMALL, petition=_petition(5, Decision.PENDING))
    assert slugs(pending) == ["petition-pending"]
    other = case(student=SMALL, petition=_petition(4, Decision.PENDING))
    assert slugs(other) == ["unit-limit-exceeded"]
    with pytest.raises(errors.UnitLimitExceeded) as refusal:
        judge(case(student=SMALL, petition=_petition(5, Decision.DENIED), wish=wish))
    assert refusal.value.petition_up_to == 0


@given(st.integers(0, 20), st.integers(0, 30), st.sampled_from(Decision), st.integers(3, 5))
def test_nobody_is_seated_above_cap_and_approval(
    cap: int, asked: int, decision: Decision, units: int
) -> None:
    wish, petition = Wish(units=units), _petition(asked, decision)
    of = case(student=replace(SMALL, max_units=cap), petition=petition, wish=wish)
    granted = asked if decision is Decision.APPROVED else 0
    assert (not slugs(of)) == (units <= max(cap, granted))


def test_the_same_course_in_another_quarter_is_twice_too() -> None:
    later = taken(course(), term=SPRING)
    with pytest.raises(errors.AlreadyEnrolled) as refusal:
        judge(case(taken=(later,)))
    assert (refusal.value.class_id, refusal.value.quarter, refusal.value.year) == (
        900,
        "Spring",
        2019,
    )


def test_a_repeatable_one_may_be_planned_twice_but_not_in_one_quarter() -> None:
    again = course(repeatable=True)
    assert slugs(case(course=again, taken=(taken(again, term=SPRING),))) == []
    assert slugs(case(course=again, taken=(taken(again),))) == ["already-enrolled"]


@given(st.integers(1, 5), st.integers(0, 5), st.booleans())
def test_a_repeatable_one_counts_as_often_as_it_says(
    limit: int, passed: int, planned: bool
) -> None:
    again = course(repeatable=True, max_times=limit)
    others = (taken(again, term=SPRING),) if planned else ()
    refused = slugs(case(course=again, times_passed=passed, taken=others))
    assert refused == (["repeat-limit-reached"] if passed + planned >= limit else [])
