"""A lecture with discussions or labs goes with one of them that fits and has room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_case import case, course, section, slugs, taken

from knowledge import errors
from knowledge.model.courses import Section
from knowledge.model.schedule import Day, clash
from knowledge.model.students import Status
from knowledge.registrar.rules import Case, Wish, judge, linked_of

LECTURE = course()


def _lab(class_id: int, day: Day, **more: object) -> Section:
    return section(LECTURE, class_id, day, component="LAB", parent=100, **more)


TUESDAY, FRIDAY = _lab(11, Day.TUESDAY), _lab(12, Day.FRIDAY)
BUSY_FRIDAY = (taken(course("BIO101", 2)),)


def test_several_that_fit_must_be_chosen_from() -> None:
    with pytest.raises(errors.LinkedSectionNeeded) as refusal:
        judge(case(children=(TUESDAY, FRIDAY)))
    assert refusal.value.choices == [11, 12]


def test_the_one_asked_for_is_taken() -> None:
    wanted = case(children=(TUESDAY, FRIDAY), wish=Wish(linked=12))
    assert judge(wanted) is Status.ENROLLED
    assert linked_of(wanted) == FRIDAY


def test_the_only_one_that_fits_needs_no_question() -> None:
    busy = case(children=(TUESDAY, FRIDAY), taken=BUSY_FRIDAY)
    assert judge(busy) is Status.ENROLLED
    assert linked_of(busy) == TUESDAY


def test_a_chosen_one_that_clashes_is_a_time_conflict() -> None:
    with pytest.raises(errors.TimeConflict) as refusal:
        judge(case(children=(TUESDAY, FRIDAY), taken=BUSY_FRIDAY, wish=Wish(linked=12)))
    assert refusal.value.other_code == "BIO101"


def test_a_lab_of_another_lecture_is_no_choice() -> None:
    assert slugs(case(children=(TUESDAY,), wish=Wish(linked=77))) == ["linked-section-invalid"]
    assert slugs(case(wish=Wish(linked=77))) == ["linked-section-invalid"]


def test_a_full_lab_is_full_by_its_own_number() -> None:
    full = replace(TUESDAY, enrolled=10)
    with pytest.raises(errors.SectionFull) as refusal:
        judge(case(children=(full, FRIDAY), wish=Wish(linked=11)))
    assert (refusal.value.class_id, refusal.value.waitlist_open) == (11, False)
    assert judge(case(children=(full, FRIDAY))) is Status.ENROLLED
    assert slugs(case(children=(full,))) == ["section-full"]


def test_a_lab_is_not_taken_alone() -> None:
    assert slugs(case(section=TUESDAY)) == ["lecture-needed"]


def test_a_cancelled_lab_is_none() -> None:
    gone = replace(TUESDAY, cancelled=True)
    assert linked_of(case(children=(gone, FRIDAY))) == FRIDAY


def test_the_hours_of_a_taken_lab_count_too() -> None:
    other = course("BIO101", 2)
    with_lab = taken(other, linked=section(other, 901, Day.MONDAY))
    assert slugs(case(taken=(with_lab,))) == ["time-conflict"]


@given(
    st.lists(st.sampled_from([Day.TUESDAY, Day.WEDNESDAY, Day.FRIDAY]), max_size=3),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.booleans(),
)
def test_whoever_is_seated_has_a_lab_with_room_that_fits(
    on: list[Day], full: list[bool], busy: bool
) -> None:
    labs = tuple(_lab(11 + n, day, enrolled=10 if full[n] else 0) for n, day in enumerate(on))
    for wanted in (None, *(lab.class_id for lab in labs)):
        of = case(children=labs, taken=BUSY_FRIDAY if busy else (), wish=Wish(linked=wanted))
        if not slugs(of):
            _check(of)


def _check(of: Case) -> None:
    chosen = linked_of(of)
    assert (chosen is None) == (not of.children)
    if chosen is not None:
        assert chosen.seats_left > 0
        assert not any(clash(chosen.meetings, t.meetings) for t in of.taken)
