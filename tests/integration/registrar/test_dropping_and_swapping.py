"""Drops and swaps: deadlines, one act or none, and who moves up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_registrar import (
    ALG,
    ALG_EVENING,
    BIO,
    CAL1,
    CAL1_AUTUMN,
    CAL2,
    DRA,
    SEATS,
    SmallRegistrar,
)

from knowledge import errors
from knowledge.model.students import Status

PASSED = (date(2018, 12, 1), date(2018, 12, 1))
A, B, C, D, E = (f"0555000{number}" for number in range(1, 6))


@pytest.fixture
def full(small: SmallRegistrar) -> SmallRegistrar:
    """ALG101 with A and B in it, C and D waiting."""
    for suid in small.students(A, B, C, D, E)[:4]:
        small.enroll(suid, ALG)
    return small


def test_a_drop_tells_what_was_given_up(small: SmallRegistrar) -> None:
    small.student(A)
    given = small.enroll(A, ALG)
    assert small.drop(A, ALG) == given
    assert small.held(A) == {}


def test_what_one_is_not_in_cannot_be_dropped(small: SmallRegistrar) -> None:
    small.student(A)
    with pytest.raises(errors.NotEnrolled) as refusal:
        small.drop(A, ALG)
    assert refusal.value.data() == {"class_id": ALG, "code": "ALG101"}
    with pytest.raises(errors.UnknownSection):
        small.drop(A, 999)


def test_the_drop_deadline_is_the_last_day(small: SmallRegistrar) -> None:
    small.student(A)
    small.enroll(A, ALG)
    with pytest.raises(errors.DropDeadlinePassed) as refusal:
        replace(small, today=date(2019, 3, 2)).drop(A, ALG)
    assert refusal.value.data() == {"code": "ALG101", "deadline": "2019-03-01"}
    replace(small, today=date(2019, 3, 1)).drop(A, ALG)


def test_a_waitlist_place_can_be_left_until_the_term_is_over(full: SmallRegistrar) -> None:
    with pytest.raises(errors.TermOver):
        replace(full, today=date(2019, 3, 23)).drop(C, ALG)
    assert replace(full, today=date(2019, 3, 22)).drop(C, ALG).status is Status.WAITLISTED
    assert full.held(D) == {ALG: "1"}


def test_leaving_the_waitlist_frees_no_seat(full: SmallRegistrar) -> None:
    full.drop(C, ALG)
    assert full.section(ALG).enrolled == SEATS
    assert full.audit("promote") == []


def test_a_freed_seat_goes_to_the_first_in_line(full: SmallRegistrar) -> None:
    full.drop(A, ALG)
    assert (full.held(C), full.held(D)) == ({ALG: "enrolled"}, {ALG: "1"})
    (row,) = full.audit("promote")
    assert (row.actor, row.key) == (f"student:{A}", f"{C}/{ALG}")
    assert (row.before, row.after) == ({"status": "waitlisted"}, {"status": "enrolled"})


def test_units_of_their_own_choice_survive_moving_up(small: SmallRegistrar) -> None:
    for suid in small.students(A, B, C)[:2]:
        small.enroll(suid, DRA)
    small.enroll(C, DRA, units=2)
    small.drop(A, DRA)
    with small.units.read() as work:
        (mine,) = work.students.enrollments(C)
    assert (mine.units, mine.status) == (2, Status.ENROLLED)


def test_who_is_over_the_new_cap_is_passed_over_and_keeps_the_place(full: SmallRegistrar) -> None:
    full.student(C, max_units=3)
    full.drop(A, ALG)
    assert (full.held(C), full.held(D)) == ({ALG: "1"}, {ALG: "enrolled"})


@pytest.mark.parametrize(
    "change", [{"holds": ("Unpaid fee",)}, {"window": (date(2018, 12, 1),) * 2}]
)
def test_a_hold_or_window_does_not_cost_the_place_in_line(
    full: SmallRegistrar, change: dict
) -> None:
    full.student(C, **change)
    full.drop(A, ALG)
    assert full.held(C) == {ALG: "enrolled"}


def test_more_seats_move_as_many_up(full: SmallRegistrar) -> None:
    assert full.capacity(ALG, SEATS + 1) == 1
    assert (full.held(C), full.held(D)) == ({ALG: "enrolled"}, {ALG: "1"})
    assert full.capacity(ALG, 50) == 1
    assert full.capacity(ALG, 60) == 0


def test_fewer_seats_put_nobody_out_and_freed_ones_stay_empty(full: SmallRegistrar) -> None:
    assert full.capacity(ALG, 0) == 0
    assert (full.held(A), full.held(B)) == ({ALG: "enrolled"}, {ALG: "enrolled"})
    full.drop(A, ALG)
    assert full.held(C) == {ALG: "1"}
    assert full.section(ALG).seats_left == 0


def test_dropping_and_coming_back_means_the_end_of_the_line(full: SmallRegistrar) -> None:
    full.drop(C, ALG)
    assert full.enroll(C, ALG).position == 2
    assert full.held(D) == {ALG: "1"}


def test_a_swap_moves_the_seat_and_the_line(full: SmallRegistrar) -> None:
    done = full.swap(A, ALG, DRA)
    assert (done.class_id, done.status) == (DRA, Status.ENROLLED)
    assert (full.held(A), full.held(C)) == ({DRA: "enrolled"}, {ALG: "enrolled"})
    assert [row.act for row in full.audit()][-3:] == ["drop", "enroll", "promote"]


def test_a_swap_is_judged_without_what_it_gives_up(small: SmallRegistrar) -> None:
    small.student(A, max_units=4)
    small.enroll(A, ALG)
    assert small.swap(A, ALG, BIO).class_id == BIO  # the same hour, and no units to spare


def test_a_swap_to_another_section_of_the_course(small: SmallRegistrar) -> None:
    small.student(A)
    small.enroll(A, ALG)
    small.swap(A, ALG, ALG_EVENING)
    assert small.held(A) == {ALG_EVENING: "enrolled"}


def test_a_refused_swap_changes_nothing(full: SmallRegistrar) -> None:
    before = len(full.audit())
    with pytest.raises(errors.PrerequisiteMissing):
        full.swap(A, ALG, CAL2)
    full.enroll(E, DRA)
    with pytest.raises(errors.SectionFull):
        full.swap(E, DRA, ALG)
    assert (full.held(A), full.held(C)) == ({ALG: "enrolled"}, {ALG: "1"})
    assert full.held(E) == {DRA: "enrolled"}
    assert len(full.audit()) == before + 1


def test_a_seat_for_a_place_in_line_only_if_accepted(full: SmallRegistrar) -> None:
    full.enroll(E, DRA)
    done = full.swap(E, DRA, ALG, accept_waitlist=True)
    assert (done.status, done.position) == (Status.WAITLISTED, 3)
    assert full.held(E) == {ALG: "3"}


def test_a_waitlist_place_can_be_swapped_too(full: SmallRegistrar) -> None:
    full.swap(C, ALG, ALG_EVENING)
    assert (full.held(C), full.held(D)) == ({ALG_EVENING: "enrolled"}, {ALG: "1"})


@pytest.mark.parametrize("new", [ALG, CAL1_AUTUMN])
def test_a_swap_needs_two_sections_of_one_term(small: SmallRegistrar, new: int) -> None:
    small.student(A)
    small.enroll(A, ALG)
    with pytest.raises(errors.ClassChoiceInvalid):
        small.swap(A, ALG, new)
    assert small.held(A) == {ALG: "enrolled"}


def test_a_swap_of_what_one_is_not_in(small: SmallRegistrar) -> None:
    small.student(A)
    with pytest.raises(errors.NotEnrolled):
        small.swap(A, ALG, CAL1)
    small.enroll(A, ALG)
    with pytest.raises(errors.UnknownSection):
        small.swap(A, ALG, 999)


def test_after_the_deadline_a_swap_cannot_drop(small: SmallRegistrar) -> None:
    late = date(2019, 3, 2)
    small.student(A, window=(date(2018, 11, 1), late))
    small.enroll(A, ALG)
    with pytest.raises(errors.DropDeadlinePassed):
        replace(small, today=late).swap(A, ALG, CAL1)
    assert small.held(A) == {ALG: "enrolled"}
