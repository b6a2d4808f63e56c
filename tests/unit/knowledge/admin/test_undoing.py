"""Undoing one change after the other, and finding them in the log."""

from __future__ import annotations

import pytest
from clerk import COURSES, SECTIONS, STUDENTS, TERMS, Admin
from small_registrar import ALG, BIO, SmallRegistrar

from knowledge.admin.trail import Trail, Wanted
from knowledge.errors import (
    KeyTaken,
    NotUndoable,
    UndoConflict,
    UnknownSection,
    UnknownTerm,
)


def test_a_term_with_its_windows_is_added_and_gone_by_undoing(admin: Admin) -> None:
    days = {"starts": "2019-04-01", "ends": "2019-06-12", "drop_by": "2019-05-24"}
    window = {"group": "senior", "opens": "2018-10-30", "closes": "2019-04-19"}
    enroll = {"enroll_opens": "2018-11-04", "enroll_closes": "2019-04-19"}
    done = admin.add(TERMS, quarter="Spring", year=2019, windows=[window], **days, **enroll)
    assert done.state.key == "1196"
    with pytest.raises(KeyTaken):
        admin.add(TERMS, quarter="Spring", year=2019, **days, **enroll)
    admin.undo()
    with pytest.raises(UnknownTerm):
        admin.facts(TERMS, 1196)


def test_a_removed_record_comes_back_by_undoing(admin: Admin) -> None:
    before = admin.facts(SECTIONS, BIO)
    admin.remove(SECTIONS, BIO)
    with pytest.raises(UnknownSection):
        admin.facts(SECTIONS, BIO)
    admin.undo()
    assert admin.facts(SECTIONS, BIO) == before


def test_a_student_record_put_by_another_service_is_undone(
    small: SmallRegistrar, admin: Admin
) -> None:
    small.student("05550001", holds=("Fee",), completed_all=True)
    small.student("05550001", max_units=12)
    admin.undo()
    facts = admin.facts(STUDENTS, "05550001")
    assert (facts["holds"], facts["completed_all"], facts["max_units"]) == (["Fee"], True, 20)


def test_an_undo_can_be_undone_and_nothing_twice(admin: Admin) -> None:
    admin.change(SECTIONS, BIO, 1, capacity=5)
    first = admin.last()
    assert first.undoable
    admin.undo(first.entry_id)
    assert admin.last().undoes == first.entry_id
    assert admin.facts(SECTIONS, BIO)["capacity"] == 2
    with pytest.raises(NotUndoable):
        admin.undo(first.entry_id)
    admin.undo()
    assert admin.facts(SECTIONS, BIO)["capacity"] == 5
    admin.undo(first.entry_id)
    assert admin.facts(SECTIONS, BIO)["capacity"] == 2


def test_an_undo_never_overwrites_a_later_change(admin: Admin) -> None:
    admin.change(SECTIONS, BIO, 1, capacity=5)
    first = admin.last().entry_id
    admin.change(SECTIONS, BIO, 2, capacity=6)
    with pytest.raises(UndoConflict) as conflict:
        admin.undo(first)
    assert (conflict.value.logged, conflict.value.present) == ({"capacity": 5}, {"capacity": 6})


def test_enrollments_are_undone_by_the_registrar_alone(small: SmallRegistrar, admin: Admin) -> None:
    small.student("05550001")
    small.enroll("05550001", ALG)
    assert not admin.last(act="enroll").undoable
    with pytest.raises(NotUndoable):
        admin.undo(admin.last(act="enroll").entry_id)


def test_the_log_is_searched_by_each_of_its_facts(admin: Admin) -> None:
    admin.change(SECTIONS, BIO, 1, instructors=["Zoë Ünal"])
    admin.change(COURSES, 2, 1, title="Biology")
    one = admin.last(text="ünal")
    assert one.key == str(BIO)
    assert admin.last(text="biolog").table == "courses"
    assert len(admin.search(actor="ada")) == 2
    assert admin.search(actor="a_a") == ()
    assert [entry.act for entry in admin.search(table="courses", act="change-course")] == [
        "change-course"
    ]
    assert {entry.key for entry in admin.search(since=one.at, until=one.at)} == {str(BIO)}
    with admin.units.read() as work:
        page = Trail(work).search(Wanted(), page=2, size=1)
    assert (page.total, [entry.entry_id for entry in page.entries]) == (2, [one.entry_id])
