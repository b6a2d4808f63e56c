"""Forms: saved with their audit entry, shown again with faults, refused when stale, acting once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from seated import seat
from tests_admin import TODAY, Clerk, course_id, section_of

from knowledge.admin.editing import Editor
from knowledge.admin.facts import Table
from knowledge.model.students import Status, Student
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork


def _full_section(units: UnitOfWork) -> tuple[int, int]:
    """A section whose seats are all taken, two students waiting; and how many seats it has."""
    class_id = section_of(units, "CS106L")
    with units.write() as work:
        administration = Administration(work, TODAY, "test")
        section = work.catalogue.section(class_id)
        seats = section.enrolled + 1
        administration.set_capacity(class_id, seats)
        for number in range(3):
            suid = f"0597000{number}"
            administration.put_student(Student(suid, f"Student {number}", "Undeclared"))
            status = Status.WAITLISTED if number else Status.ENROLLED
            seat(work, suid, section, 1, status)
    return class_id, seats


def test_more_seats_move_the_waitlist_up(clerk: Clerk, units: UnitOfWork) -> None:
    class_id, seats = _full_section(units)
    saved = clerk.change(f"sections/{class_id}", capacity=str(seats + 1))
    assert "Saved." in saved.text
    assert "1 student moved up" in saved.text
    with units.read() as work:
        section = work.catalogue.section(class_id)
        entries = work.audit.latest(2)
    assert (section.enrolled, section.waitlisted) == (seats + 1, 1)
    assert {entry.actor for entry in entries} == {"admin:ada"}
    assert {entry.act for entry in entries} == {"change-section", "promote"}


def test_each_kind_of_record_can_be_edited(clerk: Clerk, units: UnitOfWork) -> None:
    course = course_id(units, "CS106L")
    changes = [
        (f"courses/{course}", {"title": "A <b>new</b> title; with “quotes” & more"}),
        ("terms/1194", {"windows": "senior: 2018-10-20 to 2019-01-20"}),
        ("students/05990001", {"holds": "Library; Advising", "max_units": "12"}),
        (f"sections/{section_of(units, 'CS106L')}", {"instructors": "Ada Ă; Bo B"}),
    ]
    for path, fields in changes:
        saved = clerk.change(path, **fields)
        assert "Saved." in saved.text, path
        shown = clerk.form(path)
        for name, value in fields.items():
            assert shown[name] == value
    assert "<b>new</b>" not in clerk.get("courses?q=CS106L")


def test_saving_without_a_change_writes_nothing(clerk: Clerk, units: UnitOfWork) -> None:
    with units.read() as work:
        before = work.audit.latest(1)[0].id
    assert "Nothing was different" in clerk.change("students/05990001").text
    with units.read() as work:
        assert work.audit.latest(1)[0].id == before


@pytest.mark.parametrize(
    ("path", "field", "value", "told"),
    [
        ("students/05990001", "max_units", "many", "whole number"),
        ("students/05990001", "completed", "CS106A; ???", "course code"),
        ("students/05990001", "window_opens", "2018-02-30", "date as"),
        ("terms/1194", "ends", "2001-01-01", "end lies before"),
        ("terms/1194", "windows", "seniors, some day", "senior:"),
    ],
)
def test_a_fault_stands_beside_its_field_and_the_input_stays(
    clerk: Clerk, path: str, field: str, value: str, told: str
) -> None:
    refused = clerk.change(path, **{field: value})
    assert refused.status_code == 422
    assert "Nothing was saved" in refused.text
    fault = re.search(rf'id="{field}-fault">(.*?)</p>', refused.text, re.DOTALL)
    assert fault is not None
    assert told in fault.group(1)
    assert value in refused.text
    assert f'id="{field}"' in refused.text
    assert clerk.form(path)[field] != value


def test_a_section_may_not_reserve_more_than_it_has(clerk: Clerk, units: UnitOfWork) -> None:
    path = f"sections/{section_of(units, 'CS106L')}"
    refused = clerk.change(path, reserved="senior: 9999 until 2019-01-04")
    assert refused.status_code == 422
    assert "More seats are reserved" in refused.text


def test_a_stale_form_shows_both_versions_and_writes_nothing(
    clerk: Clerk, units: UnitOfWork
) -> None:
    path = f"sections/{section_of(units, 'CS106L')}"
    first, second = clerk.form(path), clerk.form(path)
    clerk.send(f"/admin/{path}", {**first, "capacity": "41"})
    stale = clerk.send(f"/admin/{path}", {**second, "capacity": "52"})
    assert stale.status_code == 409
    assert "<pre>41</pre>" in stale.text
    assert "<pre>52</pre>" in stale.text
    assert "admin:ada" in stale.text
    assert clerk.form(path)["capacity"] == "41"
    again = re.search(r'name="version" value="(\d+)"', stale.text)
    assert again
    from_page = {"form_key": second["form_key"], "form_id": "b" * 32, "version": again.group(1)}
    clerk.send(f"/admin/{path}", {**from_page, "capacity": "52", "was-capacity": "41"})
    assert clerk.form(path)["capacity"] == "52"


def test_a_stale_form_tells_only_of_what_it_changed(clerk: Clerk, units: UnitOfWork) -> None:
    path = f"sections/{section_of(units, 'CS106L')}"
    first, second = clerk.form(path), clerk.form(path)
    clerk.send(f"/admin/{path}", {**first, "capacity": "41"})
    stale = clerk.send(f"/admin/{path}", {**second, "instructors": "Someone Else"})
    assert stale.status_code == 409
    assert "Someone Else" in stale.text
    assert 'name="capacity"' not in stale.text


def test_a_second_click_acts_once(clerk: Clerk, units: UnitOfWork) -> None:
    class_id = section_of(units, "CS106L")
    form = {**clerk.form(f"sections/{class_id}"), "capacity": "63"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: clerk.send(f"/admin/sections/{class_id}", form), range(4))
        )
    assert {answer.status_code for answer in answers} == {200}
    with units.read() as work:
        state = Editor(work, TODAY, "test").state(Table.SECTIONS, str(class_id))
        acts = [entry.after for entry in work.audit.latest(5) if entry.act == "change-section"]
    assert acts == [{"capacity": 63}]
    assert state.version == int(form["version"]) + 1
    other = clerk.send(f"/admin/sections/{class_id}", {**form, "capacity": "64"})
    assert other.status_code == 409
    assert "sent already" in other.text


@pytest.mark.parametrize("missing", ["version", "form_id"])
def test_a_form_that_lacks_a_part_is_told(clerk: Clerk, missing: str) -> None:
    form = clerk.form("students/05990001")
    del form[missing]
    assert clerk.send("/admin/students/05990001", form).status_code == 422


def test_a_permission_number_is_given_once(clerk: Clerk, units: UnitOfWork) -> None:
    class_id = section_of(units, "CS106L")
    path, action = f"sections/{class_id}", f"/admin/sections/{class_id}/permissions"
    form = {**clerk.form(path, action), "lifts-consent-required": "yes", "suid": "05990001"}
    for _ in range(2):
        assert "was given out" in clerk.send(action, form).text
    with units.read() as work:
        given = work.exceptions.permissions(class_id)
    assert [(p.suid, p.lifts) for p in given] == [("05990001", {"consent-required"})]
    assert given[0].number in clerk.get(path)


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("suid", "123", 422), ("suid", "00000009", 404), ("expires", "soon", 422),
     ("lifts-consent-required", "", 422)],
)  # fmt: skip
def test_a_permission_number_for_nobody_is_refused(
    clerk: Clerk, units: UnitOfWork, field: str, value: str, status: int
) -> None:
    class_id = section_of(units, "CS106L")
    action = f"/admin/sections/{class_id}/permissions"
    form = {**clerk.form(f"sections/{class_id}", action), "lifts-consent-required": "yes"}
    assert clerk.send(action, {**form, field: value}).status_code == status
    with units.read() as work:
        assert work.exceptions.permissions(class_id) == []
