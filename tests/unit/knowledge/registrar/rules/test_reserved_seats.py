"""Seats kept for groups: closed to others until a day, open to members even past the waitlist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_case import case, course, section, slugs

from knowledge import errors
from knowledge.model.courses import Reserved, Section
from knowledge.model.students import Status, Student
from knowledge.registrar.rules import Case, Wish, judge
from knowledge.registrar.rules.seats import free_for, may_sit

UNTIL = date(2018, 12, 1)
MEMBER = replace(case().student, groups=frozenset({"major"}))


def _kept(enrolled: int, **more: object) -> Section:
    kept = (Reserved("major", 6, UNTIL),)
    return section(course(), capacity=10, enrolled=enrolled, reserved=kept, **more)


def test_others_get_what_is_not_kept() -> None:
    assert judge(case(section=_kept(3))) is Status.ENROLLED
    with pytest.raises(errors.SeatsReserved) as refusal:
        judge(case(section=_kept(4)))
    assert refusal.value.data() == {
        "class_id": 100,
        "code": "ALG101",
        "groups": ["major"],
        "until": "2018-12-01",
        "waitlist_open": True,
        "waitlist_length": 0,
    }


def test_seats_that_members_have_taken_are_kept_no_more() -> None:
    assert judge(case(section=_kept(6), in_groups={"major": 4})) is Status.ENROLLED


def test_a_member_takes_a_kept_seat_although_others_wait() -> None:
    waited_for = _kept(4, waitlisted=2)
    assert judge(case(section=waited_for, student=MEMBER)) is Status.ENROLLED
    waits = case(section=waited_for, wish=Wish(accept_waitlist=True))
    assert judge(waits) is Status.WAITLISTED


def test_the_day_after_the_seats_are_everybodys() -> None:
    assert judge(case(section=_kept(9), today=UNTIL.replace(day=2))) is Status.ENROLLED


def test_no_seat_at_all_is_full_and_not_reserved() -> None:
    with pytest.raises(errors.SectionFull):
        judge(case(section=_kept(10)))


def test_a_full_waitlist_says_why() -> None:
    full_line = _kept(4, waitlisted=5)
    assert slugs(case(section=full_line)) == ["seats-reserved"]


@st.composite
def crowded(draw: st.DrawFn) -> Case:
    capacity = draw(st.integers(0, 8))
    groups = draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3))
    blocks = tuple(Reserved(g, draw(st.integers(0, 6)), UNTIL) for g in groups)
    enrolled = draw(st.integers(0, capacity))
    counts = {g: draw(st.integers(0, enrolled)) for g in groups}
    of = section(course(), capacity=capacity, enrolled=enrolled, reserved=blocks)
    mine = draw(st.frozensets(st.sampled_from("abc")))
    student = Student("05551234", "A", "Undeclared", groups=mine)
    waiting = draw(st.integers(0, 2))
    return case(student=student, section=replace(of, waitlisted=waiting), in_groups=counts)


@given(crowded())
def test_never_more_than_the_seats_and_never_anothers(of: Case) -> None:
    free = free_for(of)
    assert 0 <= free <= of.section.seats_left
    everything = replace(of.student, groups=frozenset("abc"))
    assert free <= free_for(replace(of, student=everything)) == of.section.seats_left
    if may_sit(of):
        assert free > 0


@given(crowded())
def test_one_more_group_never_costs_a_seat(of: Case) -> None:
    for group in "abc":
        richer = replace(of, student=replace(of.student, groups=of.student.groups | {group}))
        assert free_for(richer) >= free_for(of)
