"""A seat that another student gives up: told in the conversation of who waited, unless unwanted."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
import socketio

from bot.storage.tables import NoteRow
from knowledge.model.students import Principal, Role
from knowledge.registrar.administration import Administration

TODAY = date(2018, 11, 15)
CODE, TERM = "LINGUIST1", "spring 2019"
WISH = f"enroll me in {CODE} for {TERM}"


@pytest.fixture
def seated(quad) -> Any:
    """A class with one seat left, which the first student takes."""
    with quad.units.write() as work:
        sections = [
            each
            for each in work.catalogue.sections()
            if str(each.code) == CODE and str(each.term) == "Spring 2019"
        ]
        assert len(sections) == 1
        desk = Administration(work, TODAY, "test")
        desk.set_capacity(sections[0].class_id, sections[0].enrolled + 1)
    first = quad.add_student()
    assert "enrolled" in quad.text(WISH, first)
    yield first
    quad.leave_all(first)


def _wait_for_a_place(quad, sender: str = "s") -> str:
    suid = quad.add_student()
    assert "waitlist" in quad.text(WISH, suid, sender)
    assert "waitlist" in quad.text("yes", suid, sender)
    return suid


def _settled(quad, suid: str) -> str | None:
    for _ in range(150):
        with quad.units.read() as work:
            row = work.session.query(NoteRow).filter_by(subject=suid).first()
            if row is not None and row.settled_at is not None:
                return row.outcome
        time.sleep(0.1)
    return None


def test_a_freed_seat_is_told_and_can_be_undone(quad, seated: str) -> None:
    waiting = _wait_for_a_place(quad)
    quad.leave_all(seated)
    assert _settled(quad, waiting) == "told"
    note, answer = quad.say("undo", waiting)
    assert f"you are enrolled in {CODE}" in note["text"]
    assert {"title": f"drop {CODE}", "payload": f"drop {CODE}"} in note["buttons"]
    assert "no longer in" in answer["text"]
    assert quad.enrollments(waiting) == []
    assert len(quad.say("thanks", waiting)) == 1  # told once


def test_a_note_comes_through_the_socket_while_the_page_is_open(quad, seated: str) -> None:
    waiting = _wait_for_a_place(quad)
    token = quad.gate.issue(Principal(waiting, Role.STUDENT))
    heard: list[dict[str, Any]] = []
    page = socketio.Client()
    page.on("bot_uttered", heard.append)
    page.connect(quad.bot, auth={"token": token}, transports=["polling"])
    try:
        page.call("user_uttered", {"id": "m1", "message": "hello"}, timeout=30)
        quad.leave_all(seated)
        assert _settled(quad, waiting) == "told"
        page.sleep(0.5)
    finally:
        page.eio.disconnect(abort=True)  # without waiting for the poll under way to end
    assert sum(CODE in (each.get("text") or "") for each in heard) == 1
    histories: list[list[dict[str, Any]]] = []
    page = socketio.Client()
    page.on("history", histories.append)
    page.connect(quad.bot, auth={"token": token}, transports=["polling"])
    page.sleep(1)
    page.eio.disconnect(abort=True)  # without waiting for the poll under way to end
    told = [each for each in histories[0] if CODE in (each.get("text") or "")]
    assert [each["from"] for each in told] == ["bot"]
    quad.leave_all(waiting)


def test_who_turned_notes_off_hears_nothing(quad, seated: str) -> None:
    waiting = _wait_for_a_place(quad)
    assert "won't send" in quad.text("no more notes please", waiting)
    quad.leave_all(seated)
    assert _settled(quad, waiting) == "unwanted"
    assert len(quad.say("hello", waiting)) == 1
    assert [each["status"] for each in quad.enrollments(waiting)] == ["enrolled"]
    quad.leave_all(waiting)
