"""What admins change, and that the log knows who, before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_registrar import ALG, SmallRegistrar

from knowledge.errors import UnknownSection
from knowledge.model.codes import CourseCode
from knowledge.model.students import Student
from knowledge.registrar.administration import Administration

A = "05550001"


def _put(small: SmallRegistrar, student: Student) -> bool:
    with small.units.write() as work:
        return Administration(work, small.today, "admin:ada").put_student(student)


def test_a_new_student_then_a_changed_one(small: SmallRegistrar) -> None:
    assert _put(small, Student(A, "Ada", "Undeclared"))
    changed = Student(
        A,
        "Ada",
        "Undeclared",
        frozenset({CourseCode.parse("CAL101")}),
        max_units=12,
        holds=("Unpaid fee",),
        window=(date(2018, 12, 1), date(2018, 12, 31)),
    )
    assert not _put(small, changed)
    with small.units.read() as work:
        assert work.students.get(A) == replace(changed, version=2)
    first, second = small.audit("put-student")
    assert first.before is None
    assert second.before == first.after
    assert second.after == {
        "name": "Ada",
        "programme": "Undeclared",
        "groups": [],
        "completed": ["CAL101"],
        "max_units": 12,
        "holds": ["Unpaid fee"],
        "window": ["2018-12-01", "2018-12-31"],
    }


def test_all_prerequisites_met_is_said_so_in_the_log(small: SmallRegistrar) -> None:
    _put(small, Student(A, "Ada", "Undeclared", completed_all=True))
    (row,) = small.audit("put-student")
    assert row.after is not None
    assert row.after["completed"] == "all"


def test_a_changed_record_keeps_its_enrollments(small: SmallRegistrar) -> None:
    small.student(A)
    small.enroll(A, ALG)
    _put(small, Student(A, "Ada", "Undeclared", holds=("Unpaid fee",)))
    assert small.held(A) == {ALG: "enrolled"}


def test_a_capacity_change_is_logged_before_who_moves_up(small: SmallRegistrar) -> None:
    for suid in small.students("05550001", "05550002", "05550003"):
        small.enroll(suid, ALG)
    small.capacity(ALG, 3)
    *_, change, promotion = small.audit()
    assert (change.actor, change.table, change.key) == ("admin:ada", "sections", str(ALG))
    assert (change.before, change.after) == ({"capacity": 2}, {"capacity": 3})
    assert (promotion.actor, promotion.act) == ("admin:ada", "promote")
    assert change.id < promotion.id


def test_a_capacity_change_is_a_new_version_of_the_catalogue(small: SmallRegistrar) -> None:
    def version() -> int:
        with small.units.read() as work:
            return work.audit.catalogue_version()

    before = version()
    small.student(A)
    assert version() == before
    small.capacity(ALG, 3)
    assert version() > before


def test_an_unknown_section_has_no_capacity(small: SmallRegistrar) -> None:
    before = len(small.audit())
    with pytest.raises(UnknownSection):
        small.capacity(999, 3)
    assert len(small.audit()) == before
