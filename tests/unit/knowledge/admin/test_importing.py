"""Preview, confirm and undo on the sample catalogue."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest

from knowledge.admin.editing import Editor
from knowledge.admin.exporting import export
from knowledge.admin.facts import State, Table
from knowledge.admin.importing import Importer
from knowledge.admin.previews import Imported, Preview, Removals
from knowledge.admin.records.registry import records_of
from knowledge.admin.trail import Trail, Wanted
from knowledge.admin.undoing import Undo
from knowledge.errors import (
    CatalogueMoved,
    FileChanged,
    ImportRefused,
    NotUndoable,
    UndoConflict,
)
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
FILES = (Table.COURSES, Table.SECTIONS, Table.STUDENTS)


class Desk:
    """An admin with a database and a folder."""

    def __init__(self, units: UnitOfWork, folder: Path) -> None:
        self.units, self.path = units, folder / "upload"
        self.importer = Importer(units, TODAY, "admin:ada")

    def rows(self, table: Table) -> list[list[str]]:
        text = b"".join(export(self.units, table)).decode()
        return list(csv.reader(io.StringIO(text, newline="")))

    def write(self, rows: list[list[str]]) -> None:
        with self.path.open("w", newline="") as out:
            csv.writer(out).writerows(rows)

    def preview(self, removals: Removals = Removals.REFUSE) -> Preview:
        return self.importer.preview(self.path, "upload", removals)

    def confirm(self, seen: Preview) -> Imported:
        return self.importer.confirm(
            self.path, "upload", seen.sha256, seen.catalogue_version, seen.removals
        )

    def states(self, table: Table) -> list[State]:
        with self.units.read() as work:
            return list(records_of(table, work.session).load())

    def undo(self, import_id: int) -> int:
        with self.units.write() as work:
            return Undo(work, TODAY, "admin:ada").whole_import(import_id)


@pytest.fixture
def desk(units: UnitOfWork, tmp_path: Path) -> Desk:
    return Desk(units, tmp_path)


def _facts(states: list[State]) -> dict[str, dict[str, object]]:
    return {state.key: state.facts for state in states}


@pytest.mark.parametrize("table", FILES)
def test_an_export_comes_back_unchanged(desk: Desk, table: Table) -> None:
    desk.write(desk.rows(table))
    seen = desk.preview()
    assert seen.may_confirm
    assert seen.counts == {table: {"unchanged": len(desk.states(table))}}


@pytest.mark.parametrize("seed", range(5))
def test_so_it_does_after_random_edits(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    odd = ["=1+1", "-5", "'x", "a;b\\c", 'say "hi", now', "ä\nö", "@x", "a\u2028b"]
    with desk.units.write() as work:
        editor = Editor(work, TODAY, "admin:ada")
        for state in chance.sample(desk.states(Table.COURSES), 10):
            texts = {"title": chance.choice(odd), "topics": chance.sample(odd, 3)}
            editor.change(Table.COURSES, state.key, state.version, texts)
        for state in chance.sample(desk.states(Table.SECTIONS), 10):
            room = {"days": "26", "start": "09:05", "end": "10:00", "room": chance.choice(odd)}
            changes = {"meetings": [room], "instructors": chance.sample(odd, 2)}
            editor.change(Table.SECTIONS, state.key, state.version, changes)
    for table in FILES:
        desk.write(desk.rows(table))
        assert desk.preview().counts == {table: {"unchanged": len(desk.states(table))}}


def test_an_import_does_what_its_preview_said_and_can_be_undone(desk: Desk) -> None:
    before = _facts(desk.states(Table.SECTIONS))
    header, *rows = desk.rows(Table.SECTIONS)
    column = header.index("capacity")
    gone, first, *rest = rows
    first[column] = str(int(first[column]) + 1)
    new = [*rows[5]]
    new[header.index("number")], new[header.index("class_id")] = "88", ""
    desk.write([header, first, *rest, new])
    seen = desk.preview(Removals.CANCEL)
    counts = dict(seen.counts["sections"])
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (1, 1, len(rest))
    assert counts.get("removed", 0) + counts.get("cancelled", 0) == 1
    done = desk.confirm(seen)
    after = _facts(desk.states(Table.SECTIONS))
    gone_id = gone[header.index("class_id")]
    assert gone_id not in after or after[gone_id]["cancelled"]
    assert after[first[header.index("class_id")]]["capacity"] == int(first[column])
    with desk.units.read() as work:
        page = Trail(work).search(Wanted(import_id=done.import_id))
    assert page.total == 3
    assert {entry.actor for entry in page.entries} == {"admin:ada"}
    assert desk.undo(done.import_id) == 3
    assert _facts(desk.states(Table.SECTIONS)) == before
    with pytest.raises(NotUndoable):
        desk.undo(done.import_id)


def test_courses_and_sections_come_together_in_a_zip(desk: Desk) -> None:
    courses = (
        "code,title,units_min,units_max,level,prerequisites\nNEW101,A start,1,4,graduate,CS106A\n"
    )
    sections = (
        "term,code,number,capacity,meetings,component,parent\n"
        "Winter 2019,NEW101,01,unlimited,Mon 8:00-8:50,LEC,\n"
        "Winter 2019,NEW101,02,20,,DIS,01\n"
    )
    with zipfile.ZipFile(desk.path, "w") as archive:
        archive.writestr("b.csv", sections)
        archive.writestr("z.csv", courses)
    done = desk.confirm(desk.preview())
    assert done.counts == {"courses": {"new": 1}, "sections": {"new": 2}}
    with desk.units.read() as work:
        course = work.catalogue.course("NEW101")
        lecture, discussion = work.catalogue.sections(course.course_id)
        departments = [department.code for department in work.catalogue.departments()]
    assert discussion.parent == lecture.class_id
    assert "NEW" in departments
    assert desk.undo(done.import_id) == 3


def test_a_changed_file_is_not_the_one_that_was_previewed(desk: Desk) -> None:
    desk.write(desk.rows(Table.SECTIONS))
    seen = desk.preview()
    desk.write(desk.rows(Table.COURSES))
    with pytest.raises(FileChanged):
        desk.confirm(seen)


def test_a_changed_catalogue_is_not_the_one_that_was_previewed(desk: Desk) -> None:
    desk.write(desk.rows(Table.SECTIONS))
    seen = desk.preview()
    state = desk.states(Table.COURSES)[0]
    with desk.units.write() as work:
        Editor(work, TODAY, "x").change(Table.COURSES, state.key, state.version, {"title": "New"})
    with pytest.raises(CatalogueMoved) as moved:
        desk.confirm(seen)
    assert moved.value.present_version > moved.value.previewed_version


def test_a_section_with_students_is_not_removed_unasked(desk: Desk) -> None:
    header, *rows = desk.rows(Table.SECTIONS)
    with desk.units.read() as work:
        taken = {str(class_id) for class_id in work.catalogue.seats.counts()[0]}
    at = next(n for n, row in enumerate(rows) if row[header.index("class_id")] in taken)
    desk.write([header, *rows[:at], *rows[at + 1 :]])
    seen = desk.preview()
    assert [fault.problem for fault in seen.faults] == ["removed-but-enrolled"]
    with pytest.raises(ImportRefused):
        desk.confirm(seen)


def test_a_course_that_anything_refers_to_is_kept(desk: Desk) -> None:
    header, *rows = desk.rows(Table.COURSES)
    desk.write([header, *rows[1:]])
    assert desk.preview().counts["courses"]["kept"] == 1


def test_undoing_an_import_stops_at_what_was_changed_since(desk: Desk) -> None:
    header, first, *rest = desk.rows(Table.SECTIONS)
    first[header.index("capacity")] = "999"
    desk.write([header, first, *rest])
    done = desk.confirm(desk.preview())
    key = first[header.index("class_id")]
    with desk.units.write() as work:
        Editor(work, TODAY, "x").change(Table.SECTIONS, key, 2, {"capacity": 998})
    with pytest.raises(UndoConflict) as conflict:
        desk.undo(done.import_id)
    assert (conflict.value.logged, conflict.value.present) == ({"capacity": 999}, {"capacity": 998})
