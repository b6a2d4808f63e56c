"""What a stranger, a neighbour or a hasty student tries on the check-in, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from check_in_rig import Page
from sqlalchemy import func, select

from bot.channels.slack import sealing as slack
from bot.checkin import faces
from bot.checkin.faces import Faces
from bot.identity import Gate
from bot.site import create_app
from bot.storage.database import DoorDatabase
from bot.storage.sealing import Sealing, Unopenable
from bot.storage.tables import CheckInRow, FaceTemplateRow
from bot.web import check_in
from knowledge.model.students import Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

_THREE = (b"face 0", b"face 5", b"face 10")


def _count(doors: DoorDatabase, kind: type[Any]) -> int:
    with doors.units.read() as work:
        return int(work.session.scalar(select(func.count()).select_from(kind)) or 0)


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whatever goes to the encoder from now on; it gets nothing back."""
    seen: list[Any] = []

    class Watched:
        def __init__(self, *parts: Any) -> None:
            pass

        async def encodings(self, photos: Any) -> Any:
            seen.append(photos)
            return [[1.0, *[0.0] * 127] for _ in photos]

    monkeypatch.setattr(check_in, "Encoder", Watched)
    return seen


def test_no_photo_reaches_the_encoder_without_consent(robin: Any, encoded: list[Any]) -> None:
    form = robin.fields("here")
    assert robin.send("enrol", *_THREE, fields=form).status_code == 422
    assert robin.send("enrol", *_THREE, fields=form, consent="no").status_code == 422
    told = robin.send("arrive", b"face 0", fields=form)  # nothing was agreed to
    assert (told.status_code, "was not looked at" in told.text) == (409, True)
    assert robin.send("arrive", b"face 0", fields={**form, "form_key": "x"}).status_code == 403
    assert encoded == []
    assert robin.enrol(*_THREE).status_code == 200
    assert len(encoded) == 1


def test_erasing_takes_the_consent_back(robin: Any, encoded: list[Any]) -> None:
    robin.enrol()
    form = robin.fields("arrive")  # of a page that is still open
    robin.send("erase")
    encoded.clear()
    assert robin.send("arrive", b"face 0", fields=form).status_code == 409
    assert encoded == []


def test_changed_words_ask_for_a_new_yes(
    robin: Any, encoded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    robin.enrol()
    form = robin.fields("arrive")
    encoded.clear()
    monkeypatch.setattr(faces, "CONSENT", "2027-01")
    assert robin.send("arrive", b"face 0", fields=form).status_code == 409
    assert encoded == []
    page = robin.show()
    assert "can no longer be compared with" in page
    assert "Erase my face data" in page
    robin.enrol()
    assert "Check in by photo" in robin.show()


@pytest.mark.parametrize("changed", ["encoder", "secret"])
def test_numbers_of_another_encoder_or_secret_are_not_compared(
    robin: Any, doors: DoorDatabase, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    robin.enrol()
    if changed == "encoder":
        monkeypatch.setattr(faces, "encoder_mark", lambda: "trained anew")
    else:
        sealed = Sealing("another secret", b"quad face templates at rest").seal({})
        with doors.units.write() as work:
            row = work.session.get(FaceTemplateRow, "05990001")
            assert row is not None
            row.sealed = sealed
    told = robin.send("arrive", b"face 0", fields=robin.fields("here"))
    assert (told.status_code, "was not looked at" in told.text) == (409, True)
    assert "put new photos in its place" in told.text
    robin.enrol()
    assert "That looks like you" in robin.send("arrive", b"face 0").text


def test_a_template_opens_for_its_own_purpose_alone(robin: Any, doors: DoorDatabase) -> None:
    robin.enrol()
    with doors.units.read() as work:
        row = work.session.get(FaceTemplateRow, "05990001")
        assert row is not None
        sealed = row.sealed
    secret = "a secret for the tests alone, longer than thirty-two bytes"
    for other in (slack.Sealing(secret), Sealing(secret, b"another purpose")):
        with pytest.raises(Unopenable):
            other.open(sealed)
    assert Faces(doors, secret).template("05990001")


def test_checking_in_neither_signs_in_nor_changes_a_sign_in(robin: Any, sam: Any) -> None:
    """Known by face or not, one's token says the same and stays the only thing that counts."""
    before = robin.http.cookies["quad"]
    answers = [robin.enrol(), robin.send("arrive", b"face 8"), robin.send("arrive", b"face 120")]
    answers += [sam.send("here"), robin.send("erase")]
    assert all("set-cookie" not in answer.headers for answer in answers)
    assert robin.http.cookies["quad"] == before
    known = Gate("a secret for the tests alone, longer than thirty-two bytes").verify(before)
    assert (known.subject, known.role) == ("05990001", Role.STUDENT)
    robin.enrol()
    robin.http.cookies.clear()
    for step in ("arrive", "here", "enrol", "erase"):  # the right face without a sign-in
        files = [("photo", ("p.png", b"face 8", "image/png"))]
        refused = robin.http.post(f"/check-in/{step}", files=files)
        assert refused.status_code == 401
        assert "set-cookie" not in refused.headers


def test_a_form_of_another_site_without_the_key_erases_nothing(
    robin: Any, doors: DoorDatabase
) -> None:
    robin.enrol()
    elsewhere = {"Origin": "https://evil.example"}
    for key in ("", "0" * 64, "ключ", "a\x00b"):
        forged = {"form_key": key, "form_id": "a" * 32, "visits": "yes"}
        answer = robin.http.post("/check-in/erase", data=forged, headers=elsewhere)
        assert answer.status_code == 403
    assert _count(doors, FaceTemplateRow) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"form_id=1", "multipart/form-data"),
        (b'{"form_id": "1"}', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_what_is_no_form_is_refused_with_a_page(robin: Any, body: bytes, kind: str) -> None:
    answer = robin.http.post("/check-in/here", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (403, 422)
    assert "<h1>Check in</h1>" in answer.text


def test_very_many_files_are_refused_with_a_page(robin: Any, encoded: list[Any]) -> None:
    answer = robin.enrol(*[b"face 1"] * 13)
    assert answer.status_code == 422
    assert "nothing was kept" in answer.text
    assert encoded == []


def test_the_address_of_an_answer_leads_back_to_the_page(robin: Any) -> None:
    for step in ("enrol", "arrive", "here", "erase", "else"):
        answer = robin.http.get(f"/check-in/{step}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/check-in")


def test_a_second_click_erases_and_enrols_once(robin: Any, doors: DoorDatabase) -> None:
    form = robin.fields("enrol")
    for _ in range(2):
        assert "kept encrypted" in robin.send("enrol", *_THREE, fields=form, consent="yes").text
    assert _count(doors, FaceTemplateRow) == 1
    form = robin.fields("erase")
    for _ in range(2):
        assert "are gone" in robin.send("erase", fields=form).text
    assert _count(doors, FaceTemplateRow) == 0


def test_who_gave_no_face_can_have_visits_forgotten(
    robin: Any, sam: Any, doors: DoorDatabase
) -> None:
    robin.send("here")
    sam.send("here")
    assert "Forget when I checked in" in robin.show()
    told = robin.send("erase", visits="yes").text
    assert "forgotten when you checked in" in told
    assert _count(doors, CheckInRow) == 1  # Sam's


def test_who_asks_very_often_is_asked_to_wait(
    settings: Settings, units: UnitOfWork, serve: Callable[[Any], str], doors: DoorDatabase
) -> None:
    limits = replace(settings.limits, uploads=2, address=9, own_machine=True)
    site = serve(create_app(replace(settings, limits=limits), units))
    robin, sam = Page(site, "05990001"), Page(site, "05990002")
    form, other = robin.fields("here"), sam.fields("here")
    answers = [robin.send("here", fields={**form, "form_id": f"{n:032d}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "a little too often" in answers[-1].text
    assert sam.send("here", fields=other).status_code == 200  # others are not kept waiting
    assert [robin.http.get("/check-in").status_code for _ in range(4)][-1] == 429
    assert _count(doors, CheckInRow) == 3
    robin.http.close()
    sam.http.close()
