"""Checking in over real HTTP: consent, one's own face alone, nothing left behind."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.identity import Gate
from bot.storage.database import DoorDatabase
from bot.storage.tables import CheckInRow, FaceTemplateRow
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from skills.serving.records import Records

_LIKE, _UNLIKE = b"face 8", b"face 120"


def _rows(doors: DoorDatabase, kind: type[Any]) -> list[Any]:
    with doors.units.read() as work:
        return [*work.session.scalars(select(kind))]


def test_the_whole_way(robin: Any, doors: DoorDatabase, settings: Settings) -> None:
    assert "If you agree" in robin.show()
    assert "kept encrypted" in robin.enrol().text
    assert "You agreed to that on" in robin.show()
    assert "That looks like you" in robin.send("arrive", _LIKE).text
    assert [row.how for row in _rows(doors, CheckInRow)] == ["photo"]
    assert "by photo</li>" in robin.show()
    assert "are gone" in robin.send("erase", visits="yes").text
    assert not _rows(doors, FaceTemplateRow)
    assert not _rows(doors, CheckInRow)
    assert "If you agree" in robin.show()


def test_no_photo_and_no_number_of_it_stays_outside(
    robin: Any, doors: DoorDatabase, settings: Settings
) -> None:
    robin.enrol()
    robin.send("arrive", _UNLIKE)
    assert [*(settings.var / "uploads").iterdir()] == []
    assert [path for path in (settings.var / "jobs").glob("*") if any(path.iterdir())] == []
    assert Records(settings.var / "jobs.db").left() == []
    (row,) = _rows(doors, FaceTemplateRow)
    assert row.sealed.startswith(b"gAAAA")
    assert b"photos" not in row.sealed
    jobs = httpx.get(f"http://127.0.0.1:{settings.skills_port}/skills").json()
    assert "face_encoding" not in [card["name"] for card in jobs]


def test_without_consent_nothing_is_looked_at(robin: Any, doors: DoorDatabase) -> None:
    refused = robin.send("enrol", b"face 0", b"face 5", b"face 10")
    assert refused.status_code == 422
    assert "without your consent" in refused.text
    assert not _rows(doors, FaceTemplateRow)


@pytest.mark.parametrize("photos", [(), (b"face 0",), (b"face 0", b"face 1"), (b"face 0",) * 4])
def test_three_photos_are_needed(robin: Any, doors: DoorDatabase, photos: tuple[bytes]) -> None:
    assert "another number of photos" in robin.send("enrol", *photos, consent="yes").text
    assert not _rows(doors, FaceTemplateRow)


def test_photos_of_two_people_make_no_template(robin: Any, doors: DoorDatabase) -> None:
    assert "one person" in robin.enrol(b"face 0", b"face 5", b"face 150").text
    assert not _rows(doors, FaceTemplateRow)


def test_a_photo_without_a_face_is_told_kindly(robin: Any, doors: DoorDatabase) -> None:
    refused = robin.enrol(b"face 0", b"a wall", b"face 5")
    assert refused.status_code == 422
    assert "no face was found" in refused.text
    assert not _rows(doors, FaceTemplateRow)


def test_an_unlike_face_locks_nobody_out(robin: Any, doors: DoorDatabase) -> None:
    robin.enrol()
    assert "does not look enough like yours" in robin.send("arrive", _UNLIKE).text
    assert not _rows(doors, CheckInRow)
    assert "You are checked in." in robin.send("here").text
    assert [row.how for row in _rows(doors, CheckInRow)] == ["button"]


def test_nobody_is_compared_with_another(robin: Any, sam: Any, doors: DoorDatabase) -> None:
    robin.enrol()
    sam.enrol(b"face 170", b"face 175", b"face 180")
    assert "does not look enough" in sam.send("arrive", _LIKE).text  # Robin's face
    assert "That looks like you" in sam.send("arrive", b"face 172").text
    assert "05990001" not in sam.show()


def test_a_template_moved_to_another_student_does_not_open(
    robin: Any, sam: Any, doors: DoorDatabase
) -> None:
    robin.enrol()
    sam.enrol()
    with doors.units.write() as work:
        mine = work.session.get(FaceTemplateRow, "05990001")
        theirs = work.session.get(FaceTemplateRow, "05990002")
        theirs.sealed = mine.sealed
    told = sam.send("arrive", _LIKE, fields=sam.fields("here"))
    assert (told.status_code, "no photos of yours" in told.text) == (409, True)


def test_the_second_click_checks_in_once(robin: Any, doors: DoorDatabase) -> None:
    fields = robin.fields("here")
    for _ in range(3):
        assert "You are checked in." in robin.send("here", fields=fields).text
    assert len(_rows(doors, CheckInRow)) == 1


def test_a_foreign_form_counts_for_nothing(robin: Any, sam: Any, doors: DoorDatabase) -> None:
    stolen = {**robin.fields("here"), "form_key": sam.fields("here")["form_key"]}
    assert robin.send("here", fields=stolen).status_code == 403
    assert robin.send("here", fields={"form_key": "", "form_id": ""}).status_code == 403
    short = {**robin.fields("here"), "form_id": "1"}
    assert robin.send("here", fields=short).status_code == 422
    assert not _rows(doors, CheckInRow)


def test_the_signed_out_are_led_to_the_sign_in(site: str) -> None:
    asked = httpx.get(f"{site}/check-in")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/check-in")
    sent = httpx.post(f"{site}/check-in/here", data={"form_id": "a" * 32})
    assert sent.status_code == 401
    assert "sign in again" in sent.text


def test_staff_have_no_face_here(site: str, settings: Settings) -> None:
    token = Gate(settings.secret).issue(Principal("ada", Role.ADMIN))
    assert httpx.get(f"{site}/check-in", cookies={"quad": token}).status_code == 403


def test_a_form_of_unknown_or_huge_length_is_not_read(robin: Any) -> None:
    fields = robin.fields("here")

    def endless() -> Any:
        yield b"--x\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    sent = robin.http.post("/check-in/arrive", content=endless(), headers=headers)
    assert sent.status_code == 422
    large = b"face 0" + b"x" * (31 * 1024 * 1024)
    assert robin.send("arrive", large, fields=fields).status_code == 413


def test_unknown_steps_are_not_found(robin: Any) -> None:
    assert robin.send("open-the-door", fields=robin.fields("here")).status_code == 404


def test_the_way_ends_kindly_without_the_job_server(
    robin: Any, doors: DoorDatabase, settings: Settings
) -> None:
    robin.enrol()
    uploads = settings.var / "uploads"
    uploads.rmdir()
    uploads.write_text("no folder")
    told = robin.send("arrive", _LIKE)
    uploads.unlink()
    uploads.mkdir()
    assert (told.status_code, "does not answer" in told.text) == (503, True)
    assert not _rows(doors, CheckInRow)
