"""Enrolling: defaults, refusals with their data, waitlist places, the audit."""

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
    PLACES,
    SEATS,
    SmallRegistrar,
)

from knowledge import errors
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Grading
from knowledge.model.students import Status

A = "05550001"


def test_units_and_grading_default_to_what_is_usual(small: SmallRegistrar) -> None:
    small.student(A)
    done = small.enroll(A, ALG)
    assert (done.units, done.grading, done.status) == (4, Grading.LETTER, Status.ENROLLED)
    assert (str(done.code), done.title, done.position) == ("ALG101", "ALG101 Title", None)


def test_units_and_grading_as_asked(small: SmallRegistrar) -> None:
    small.student(A)
    done = small.enroll(A, DRA, units=2, grading=Grading.CREDIT)
    assert (done.units, done.grading) == (2, Grading.CREDIT)


@pytest.mark.parametrize(
    ("class_id", "wish", "fact"),
    [
        (ALG, {"units": 3}, errors.UnitsNotOffered("ALG101", 3, 4, 5)),
        (ALG, {"units": 0}, errors.UnitsNotOffered("ALG101", 0, 4, 5)),
        (
            ALG,
            {"grading": Grading.SATISFACTORY},
            errors.GradingNotOffered("ALG101", "satisfactory"),
        ),
        (CAL2, {}, errors.PrerequisiteMissing("CAL102", "CAL101")),
        (CAL1_AUTUMN, {}, errors.WindowClosed("Autumn", 2018, "2018-09-25")),
        (999, {}, errors.UnknownSection(999)),
    ],
)
def test_a_refusal_carries_its_facts(
    small: SmallRegistrar, class_id: int, wish: dict, fact: errors.QuadError
) -> None:
    small.student(A)
    with pytest.raises(type(fact)) as refusal:
        small.enroll(A, class_id, **wish)
    assert refusal.value.data() == fact.data()
    assert small.held(A) == {}


def test_nobody_unknown_enrolls(small: SmallRegistrar) -> None:
    with pytest.raises(errors.UnknownStudent) as refusal:
        small.enroll(A, ALG)
    assert refusal.value.suid == A


@pytest.mark.parametrize("second", [ALG, ALG_EVENING])
def test_one_section_of_a_course_is_enough(small: SmallRegistrar, second: int) -> None:
    small.student(A)
    small.enroll(A, ALG)
    with pytest.raises(errors.AlreadyEnrolled) as refusal:
        small.enroll(A, second)
    assert refusal.value.data() == {
        "class_id": ALG,
        "code": "ALG101",
        "enrollment_status": "enrolled",
        "quarter": "Winter",
        "year": 2019,
    }


def test_a_course_passed_under_its_other_code_is_completed(small: SmallRegistrar) -> None:
    small.student(A, completed=frozenset({CourseCode.parse("LOG101")}))
    with pytest.raises(errors.AlreadyCompleted):
        small.enroll(A, ALG)


def test_a_repeatable_course_can_be_taken_again(small: SmallRegistrar) -> None:
    small.student(A, completed=frozenset({CourseCode.parse("DRA101")}))
    assert small.enroll(A, DRA).status is Status.ENROLLED


def test_a_course_running_in_autumn_opens_the_next_one_in_winter(small: SmallRegistrar) -> None:
    small.student(A)
    small_in_september = replace(small, today=date(2018, 9, 24))
    small_in_september.enroll(A, CAL1_AUTUMN)
    assert small.enroll(A, CAL2).status is Status.ENROLLED


def test_the_same_term_is_no_earlier_term(small: SmallRegistrar) -> None:
    small.student(A)
    small.enroll(A, CAL1)
    with pytest.raises(errors.PrerequisiteMissing):
        small.enroll(A, CAL2)


def test_the_unit_cap_counts_this_term_alone(small: SmallRegistrar) -> None:
    small.student(A, max_units=8)
    replace(small, today=date(2018, 9, 24)).enroll(A, CAL1_AUTUMN)
    small.enroll(A, ALG)
    with pytest.raises(errors.UnitLimitExceeded) as refusal:
        small.enroll(A, DRA, units=5)
    assert refusal.value.data() == {
        "code": "DRA101",
        "units": 5,
        "current": 4,
        "limit": 8,
        "petition_up_to": 12,
    }
    small.enroll(A, DRA, units=4)


def test_a_waited_for_course_counts_towards_the_cap(small: SmallRegistrar) -> None:
    small.student(A, max_units=5)
    for other in small.students("05550011", "05550012"):
        small.enroll(other, ALG)
    assert small.enroll(A, ALG).status is Status.WAITLISTED
    with pytest.raises(errors.UnitLimitExceeded):
        small.enroll(A, DRA, units=2)


@pytest.mark.parametrize("waiting", [False, True])
def test_what_meets_at_the_same_time_clashes(small: SmallRegistrar, waiting: bool) -> None:
    small.student(A)
    if waiting:
        for other in small.students("05550011", "05550012"):
            small.enroll(other, ALG)
    small.enroll(A, ALG)
    with pytest.raises(errors.TimeConflict) as refusal:
        small.enroll(A, BIO)
    assert refusal.value.data() == {
        "class_id": BIO,
        "code": "BIO101",
        "other_class_id": ALG,
        "other_code": "ALG101",
    }


def test_a_full_section_offers_its_waitlist_and_takes_nobody_unasked(
    small: SmallRegistrar,
) -> None:
    suids = small.students(*(f"0555001{n}" for n in range(SEATS + PLACES + 1)))
    for suid in suids[:SEATS]:
        small.enroll(suid, ALG)
    with pytest.raises(errors.SectionFull) as refusal:
        small.enroll(suids[-1], ALG, accept_waitlist=False)
    assert refusal.value.data() == {
        "class_id": ALG,
        "code": "ALG101",
        "waitlist_open": True,
        "waitlist_length": 0,
    }
    places = [small.enroll(suid, ALG).position for suid in suids[SEATS : SEATS + PLACES]]
    assert places == [1, 2, 3]
    with pytest.raises(errors.SectionFull) as refusal:
        small.enroll(suids[-1], ALG)
    assert (refusal.value.waitlist_open, refusal.value.waitlist_length) == (False, PLACES)


def test_reasons_come_all_at_once_and_in_the_registrars_order(small: SmallRegistrar) -> None:
    small.student(A, holds=("Unpaid fee", "No advisor"), max_units=3)
    found = [reason.problem for reason in small.reasons(A, CAL2)]
    assert found == ["enrollment-hold", "prerequisite-missing", "unit-limit-exceeded"]
    assert small.held(A) == {}


def test_no_reasons_for_who_may(small: SmallRegistrar) -> None:
    assert small.reasons(small.student(A), ALG) == []


def test_the_audit_tells_units_grading_and_actor(small: SmallRegistrar) -> None:
    small.student(A)
    small.enroll(A, DRA, units=2)
    (row,) = small.audit("enroll")
    assert (row.actor, row.table, row.key) == (f"student:{A}", "enrollments", f"{A}/{DRA}")
    assert row.before is None
    assert row.after == {"status": "enrolled", "units": 2, "grading": "letter"}


def test_a_refusal_leaves_no_trace(small: SmallRegistrar) -> None:
    small.student(A)
    before = len(small.audit())
    with pytest.raises(errors.PrerequisiteMissing):
        small.enroll(A, CAL2)
    assert len(small.audit()) == before


def test_a_student_with_every_prerequisite_met_may(small: SmallRegistrar) -> None:
    small.student(A, completed_all=True)
    assert small.enroll(A, CAL2).status is Status.ENROLLED
