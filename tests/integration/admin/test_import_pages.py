"""Import over HTTP: upload, preview, confirm once; everything that is refused; export and back."""

from __future__ import annotations

import time

import httpx
import pytest
from tests_admin import Clerk, fields

from bot.web.admin import imports as page
from knowledge.storage.unit_of_work import UnitOfWork


def _upload(clerk: Clerk, data: bytes, name: str = "sections.csv", **more: str) -> httpx.Response:
    form = {**clerk.form("imports", "/admin/imports/upload"), "removals": "keep", **more}
    form.pop("file", None)
    return clerk.http.post("/admin/imports/upload", data=form, files={"file": (name, data)})


def _settled(clerk: Clerk, answer: httpx.Response) -> httpx.Response:
    """The page once the background work is done, as the refresh link would show it."""
    for _ in range(300):
        if "Look again" not in answer.text:
            return answer
        time.sleep(0.1)
        answer = clerk.http.get(answer.url)
    raise AssertionError(answer.text)


def _exported(clerk: Clerk, table: str = "sections") -> str:
    return clerk.get(f"exports/{table}.csv")


def _with_seats(csv: str, code: str, seats: str) -> tuple[str, str]:
    """The file with the seats of a course's first section changed; and that section's class."""
    header, *rows = csv.split("\r\n")
    names = header.split(",")
    at = next(i for i, row in enumerate(rows) if f",{code}," in row)
    cells = rows[at].split(",")
    cells[names.index("capacity")] = seats
    rows[at] = ",".join(cells)
    return "\r\n".join([header, *rows]), cells[names.index("class_id")]


def test_an_export_is_imported_unchanged(clerk: Clerk) -> None:
    for table in ("courses", "sections", "students"):
        answer = _settled(clerk, _upload(clerk, _exported(clerk, table).encode(), f"{table}.csv"))
        assert "cannot be imported" not in answer.text
        assert "What would change" in answer.text
        assert "<summary>Changed" not in answer.text
        assert "<summary>New" not in answer.text


def test_what_was_previewed_is_confirmed_once_and_undone(clerk: Clerk, units: UnitOfWork) -> None:
    csv, class_id = _with_seats(_exported(clerk), "CS106L", "123")
    shown = _settled(clerk, _upload(clerk, csv.encode()))
    assert "<summary>Changed" in shown.text
    assert "<ins>123</ins>" in shown.text
    ticket = str(shown.url.path).rsplit("/", 1)[-1]
    action = f"/admin/imports/{ticket}/confirm"
    form = fields(shown.text, action)
    for _ in range(2):
        done = _settled(clerk, clerk.send(action, form))
        assert "Imported." in done.text
    assert clerk.form(f"sections/{class_id}")["capacity"] == "123"
    with units.read() as work:
        written = [entry for entry in work.audit.latest(10) if entry.import_id]
    assert [entry.key for entry in written] == [class_id]
    assert written[0].actor == "admin:ada"
    undo = f"/admin/audit/imports/{written[0].import_id}/undo"
    assert "as a whole" in clerk.send(undo, fields(clerk.get("imports"), undo)).text
    assert clerk.form(f"sections/{class_id}")["capacity"] != "123"
    twice = clerk.send(undo, clerk.form("imports", undo))
    assert twice.status_code == 409


def test_a_preview_that_no_longer_holds_is_made_anew(clerk: Clerk) -> None:
    csv, class_id = _with_seats(_exported(clerk), "CS106L", "123")
    shown = _settled(clerk, _upload(clerk, csv.encode()))
    clerk.change(f"sections/{class_id}", capacity="9")
    path = str(shown.url.path)
    moved = _settled(clerk, clerk.send(f"{path}/confirm", fields(shown.text, f"{path}/confirm")))
    assert "no longer holds" in moved.text
    assert clerk.form(f"sections/{class_id}")["capacity"] == "9"
    anew = _settled(clerk, clerk.send(f"{path}/again", fields(moved.text, f"{path}/again")))
    assert "<del>9</del>" in anew.text
    clerk.send(f"{path}/discard", fields(anew.text, f"{path}/discard"))
    assert clerk.http.get(path).status_code == 404


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"term,code\r\nWinter 2019,CS106L\r\n", "capacity"),
        (b"\xff\xfet\x00e\x00", "ncoding"),
        (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
            "",
        ),
        (b"", ""),
        (b"PK\x03\x04nonsense", ""),
    ],
)
def test_a_file_with_faults_is_refused_with_their_places(
    clerk: Clerk, units: UnitOfWork, data: bytes, told: str
) -> None:
    with units.read() as work:
        before = work.audit.latest(1)[0].id
    shown = _settled(clerk, _upload(clerk, data))
    assert "cannot be imported" in shown.text
    assert told in shown.text
    assert "/confirm" not in shown.text
    with units.read() as work:
        assert work.audit.latest(1)[0].id == before


def test_the_faults_of_a_row_name_line_and_column(clerk: Clerk) -> None:
    csv, _ = _with_seats(_exported(clerk), "CS106L", "a few")
    shown = _settled(clerk, _upload(clerk, csv.encode()))
    assert "whole number" in shown.text
    assert "<td>capacity</td>" in shown.text
    assert "<code>a few</code>" in shown.text


def test_an_upload_without_a_file_or_too_large_leaves_nothing(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    form = clerk.form("imports", "/admin/imports/upload")
    assert clerk.http.post("/admin/imports/upload", data=form).status_code == 422
    empty = clerk.http.post("/admin/imports/upload", data=form, files={"other": b"x"})
    assert empty.status_code == 422
    wrong = _upload(clerk, b"x", removals="all")
    assert wrong.status_code == 422
    monkeypatch.setattr(page, "receive", _with_limit(1000))
    large = _upload(clerk, b"x" * 2000)
    assert large.status_code == 413
    assert "too large" in large.text
    assert list((tmp_path / "var" / "admin_imports").iterdir()) == []


def _with_limit(limit: int):
    received = page.receive
    return lambda request, path: received(request, path, limit)


def test_the_same_upload_twice_is_one_import(clerk: Clerk) -> None:
    form = {**clerk.form("imports", "/admin/imports/upload"), "removals": "keep"}
    form.pop("file", None)
    data = {"file": ("sections.csv", _exported(clerk).encode())}
    first, second = (
        clerk.http.post("/admin/imports/upload", data=form, files=data) for _ in range(2)
    )
    assert first.url == second.url
    _settled(clerk, second)
    assert clerk.get("imports").count(f'href="{first.url.path}"') == 1


def test_formulas_are_exported_harmless(clerk: Clerk) -> None:
    clerk.change("students/05990001", holds="=1+1; @cmd")
    csv = _exported(clerk, "students")
    assert "'=1+1" in csv
    assert (
        clerk.http.get("/admin/exports/students.csv").headers["content-type"].startswith("text/csv")
    )
