"""Edits: checked, locked by version, audited."""

from __future__ import annotations

from typing import Any

import pytest
from clerk import COURSES, SECTIONS, STUDENTS, TERMS, Admin
from small_registrar import ALG, BIO, TODAY, SmallRegistrar

from knowledge.admin.editing import Editor
from knowledge.admin.facts import Table
from knowledge.errors import (
    FieldsRejected,
    KeyTaken,
    QuadError,
    StaleVersion,
    StillReferred,
    UnknownCourse,
    UnknownEntry,
    UnknownSection,
    UnknownStudent,
    UnknownTerm,
)
from knowledge.model.prerequisites import parse


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
