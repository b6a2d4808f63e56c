"""Permission numbers lift what an instructor may waive, once, for one student and one section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_case import TODAY, case, course, section, slugs, taken

from knowledge import errors
from knowledge.model.prerequisites import parse
from knowledge.model.schedule import Day
from knowledge.model.students import PermissionNumber, Status
from knowledge.registrar.rules import Case, Wish, judge
from knowledge.registrar.rules.judging import needs_permission
from knowledge.registrar.rules.readiness import LIFTABLE

GOOD = PermissionNumber("48210077", 100, frozenset({"consent-required", "prerequisite-missing"}))
ADVANCED = course(prerequisites=parse("BIO101"))


def _with(number: PermissionNumber | None, **more: object) -> Case:
    return case(permission=number, wish=Wish(permission="48210077"), **more)


def test_a_prerequisite_and_consent_are_waived() -> None:
    wanted = section(ADVANCED, add_consent=True)
    plain = case(course=ADVANCED, section=wanted)
    assert slugs(plain) == ["prerequisite-missing", "consent-required"]
    assert judge(_with(GOOD, course=ADVANCED, section=wanted)) is Status.ENROLLED


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (None, "unknown"),
        (replace(GOOD, class_id=101), "unknown"),
        (replace(GOOD, suid="05550009"), "unknown"),
        (replace(GOOD, used_by="05551234"), "used"),
        (replace(GOOD, expires=date(2018, 11, 14)), "expired"),
    ],
)
def test_a_number_that_is_not_good_is_refused(number: PermissionNumber | None, reason: str) -> None:
    with pytest.raises(errors.PermissionInvalid) as refusal:
        judge(_with(number))
    assert refusal.value.reason == reason
    assert "prerequisite-missing" in slugs(_with(number, course=ADVANCED))


def test_it_is_good_on_its_last_day_and_for_its_student() -> None:
    assert slugs(_with(replace(GOOD, expires=TODAY, suid="05551234"), course=ADVANCED)) == []


def test_it_is_used_up_only_when_needed() -> None:
    assert needs_permission(_with(GOOD, course=ADVANCED))
    assert not needs_permission(_with(GOOD))


@given(
    st.frozensets(
        st.sampled_from(["section-full", "time-conflict", "unit-limit-exceeded", "enrollment-hold"])
    )
)
def test_nobody_can_waive_seats_hours_units_or_holds(lifts: frozenset[str]) -> None:
    number = replace(GOOD, lifts=lifts)
    student = replace(case().student, max_units=7, holds=("fee",))
    clashing = (taken(course("BIO101", 2), day=Day.MONDAY),)
    full = section(course(), capacity=0, waitlist_capacity=0)
    told = slugs(_with(number, student=student, taken=clashing, section=full))
    assert {"enrollment-hold", "unit-limit-exceeded", "time-conflict", "section-full"} <= set(told)
    assert not lifts & LIFTABLE & set(told)
