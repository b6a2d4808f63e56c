"""Edits: checked, locked by version, audited, undone one by one."""

from __future__ import annotations

from typing import Any

import pytest
from small_registrar import ALG, BIO, TODAY, SmallRegistrar

from knowledge.admin.editing import Edited, Editor
from knowledge.admin.facts import Table
from knowledge.admin.trail import Entry, Trail, Wanted
from knowledge.admin.undoing import Undo
from knowledge.errors import (
    FieldsRejected,
    KeyTaken,
    NotUndoable,
    QuadError,
    StaleVersion,
    StillReferred,
    UndoConflict,
    UnknownCourse,
    UnknownEntry,
    UnknownSection,
    UnknownStudent,
    UnknownTerm,
)
from knowledge.model.prerequisites import parse

COURSES, SECTIONS, TERMS, STUDENTS = Table


class Admin:
    def __init__(self, small: SmallRegistrar) -> None:
        self.units = small.units

    def change(self, table: Table, key: object, version: int, **changes: Any) -> Edited:
        with self.units.write() as work:
            return Editor(work, TODAY, "admin:ada").change(table, str(key), version, changes)

    def add(self, table: Table, **facts: Any) -> Edited:
        with self.units.write() as work:
            return Editor(work, TODAY, "admin:ada").add(table, facts)

    def remove(self, table: Table, key: object, version: int = 1) -> None:
        with self.units.write() as work:
            Editor(work, TODAY, "admin:ada").remove(table, str(key), version)

    def undo(self, entry_id: int | None = None) -> int:
        with self.units.write() as work:
            wanted = self.last().entry_id if entry_id is None else entry_id
            return Undo(work, TODAY, "admin:bob").entry(wanted)

    def last(self, **wanted: Any) -> Entry:
        return self.search(**wanted)[0]

    def search(self, **wanted: Any) -> tuple[Entry, ...]:
        with self.units.read() as work:
            return Trail(work).search(Wanted(**wanted)).entries

    def facts(self, table: Table, key: object) -> dict[str, Any]:
        with self.units.read() as work:
            return Editor(work, TODAY, "").state(table, str(key)).facts


@pytest.fixture
def admin(small: SmallRegistrar) -> Admin:
    return Admin(small)


def test_a_change_is_written_and_logged_with_before_and_after(admin: Admin) -> None:
    done = admin.change(COURSES, 1, 1, title="Algebra", units_min=4)
    assert (done.state.version, done.state.facts["title"]) == (2, "Algebra")
    entry = admin.last()
    assert (entry.actor, entry.act, entry.table, entry.key) == (
        "admin:ada",
        "change-course",
        "courses",
        "1",
    )
    assert (entry.before, entry.after) == ({"title": "ALG101 Title"}, {"title": "Algebra"})


def test_a_stale_form_is_told_both_versions(admin: Admin) -> None:
    admin.change(SECTIONS, BIO, 1, capacity=5)
    with pytest.raises(StaleVersion) as stale:
        admin.change(SECTIONS, BIO, 1, capacity=9, component="SEM")
    assert (stale.value.drawn_version, stale.value.present_version) == (1, 2)
    assert stale.value.yours == {"capacity": 9, "component": "SEM"}
    assert stale.value.theirs == {"capacity": 5, "component": "LEC"}
    assert admin.facts(SECTIONS, BIO)["capacity"] == 5


def test_nothing_changed_is_not_logged(admin: Admin) -> None:
    before = len(admin.search())
    assert admin.change(SECTIONS, BIO, 1, capacity=2).after == {}
    assert len(admin.search()) == before


def test_more_seats_promote_the_waitlist_also_by_undoing(
    small: SmallRegistrar, admin: Admin
) -> None:
    suids = small.students("05550001", "05550002", "05550003", "05550004")
    for suid in suids:
        small.enroll(suid, BIO)
    assert admin.change(SECTIONS, BIO, 1, capacity=3).promoted == 1
    admin.change(SECTIONS, BIO, 2, capacity=1)
    lowered = admin.last(act="change-section").entry_id
    admin.change(SECTIONS, BIO, 3, waitlist_capacity=9)
    small.drop(suids[0], BIO)
    assert admin.undo(lowered) == 1
    assert small.section(BIO).enrolled == 3


@pytest.mark.parametrize(
    ("table", "key", "changes", "field", "problem"),
    [
        (COURSES, 1, {"prerequisites": "CAL101 and ("}, "prerequisites", "invalid-prerequisite"),
        (COURSES, 1, {"prerequisites": "LOG101"}, "prerequisites", "names-itself"),
        (COURSES, 1, {"units_min": 9}, "units_max", "less-than-units-min"),
        (COURSES, 1, {"cross_listings": ["BIO101"]}, "cross_listings", "code-taken"),
        (COURSES, 1, {"level": "wizard"}, "level", "unknown-word"),
        (COURSES, 1, {"colour": "red"}, "colour", "unknown-field"),
        (COURSES, 1, {"topics": 5}, "topics", "wrong-type"),
        (SECTIONS, BIO, {"number": "09"}, "number", "not-changeable"),
        (SECTIONS, BIO, {"parent": "44"}, "parent", "unknown-parent"),
        (SECTIONS, BIO, {"parent": "01"}, "parent", "own-parent"),
        (SECTIONS, BIO, {"capacity": -1}, "capacity", "negative"),
        (
            SECTIONS,
            BIO,
            {"reserved": [{"group": "g", "seats": 3, "until": "2019-01-01"}]},
            "reserved",
            "more-than-capacity",
        ),
        (TERMS, 1194, {"ends": "2018-01-01"}, "ends", "ends-before-start"),
        (TERMS, 1194, {"year": 2020}, "year", "not-changeable"),
    ],
)
def test_what_cannot_be_is_refused(
    admin: Admin, table: Table, key: int, changes: dict[str, Any], field: str, problem: str
) -> None:
    before = admin.facts(table, key)
    with pytest.raises(FieldsRejected) as refused:
        admin.change(table, key, 1, **changes)
    assert (field, problem) in [(f["field"], f["problem"]) for f in refused.value.faults]
    assert admin.facts(table, key) == before


def test_prerequisites_come_as_text_or_tree(admin: Admin) -> None:
    admin.change(COURSES, 2, 1, prerequisites="cal 101 or consent")
    assert admin.facts(COURSES, 2)["prerequisites"] == "CAL101 or consent"
    admin.change(COURSES, 2, 2, prerequisites=parse("ALG101 and CAL101"))
    assert admin.facts(COURSES, 2)["prerequisites"] == "ALG101 and CAL101"
    admin.change(COURSES, 2, 3, prerequisites=None)
    assert admin.facts(COURSES, 2)["prerequisites"] is None


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


def test_a_section_is_added_with_a_number_of_its_own(small: SmallRegistrar, admin: Admin) -> None:
    facts = {"term": "Winter 2019", "code": "BIO101", "capacity": 5, "meetings": []}
    done = admin.add(SECTIONS, number="02", component="LAB", parent="01", **facts)
    assert small.section(int(done.state.key)).parent == BIO
    with pytest.raises(KeyTaken):
        admin.add(SECTIONS, number="02", **facts)
    with pytest.raises(StillReferred):
        admin.remove(SECTIONS, BIO)
    with pytest.raises(FieldsRejected):
        admin.add(SECTIONS, number="03", **{**facts, "term": "Winter 2031"})


def test_a_removed_record_comes_back_by_undoing(admin: Admin) -> None:
    before = admin.facts(SECTIONS, BIO)
    admin.remove(SECTIONS, BIO)
    with pytest.raises(UnknownSection):
        admin.facts(SECTIONS, BIO)
    admin.undo()
    assert admin.facts(SECTIONS, BIO) == before


def test_a_section_with_students_is_not_removed_but_cancelled(
    small: SmallRegistrar, admin: Admin
) -> None:
    small.student("05550001")
    small.enroll("05550001", ALG)
    with pytest.raises(StillReferred):
        admin.remove(SECTIONS, ALG)
    with admin.units.write() as work:
        Editor(work, TODAY, "admin:ada").cancel_section(ALG, 1)
    assert small.section(ALG).cancelled


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


@pytest.mark.parametrize(
    ("table", "key", "error"),
    [
        (COURSES, "999", UnknownCourse),
        (SECTIONS, "999", UnknownSection),
        (TERMS, "x", UnknownTerm),
        (STUDENTS, "05559999", UnknownStudent),
    ],
)
def test_what_is_not_there(admin: Admin, table: Table, key: str, error: type[QuadError]) -> None:
    with pytest.raises(error):
        admin.change(table, key, 1)
    with pytest.raises(UnknownEntry):
        admin.undo(10_000)
