"""What comes late into a conversation, and times for students elsewhere, with the running bot."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import socketio

from knowledge.model.students import Principal, Role


def _push(quad, conversation: str, message: dict[str, Any], role: Role = Role.SERVICE) -> int:
    token = quad.gate.issue(Principal("skills", role))
    body = {"conversation": conversation, "message": message}
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{quad.bot}/webhooks/web/push"
    return httpx.post(url, json=body, headers=headers, timeout=30).status_code


def test_a_late_result_comes_once_and_progress_is_kept_nowhere(quad) -> None:
    suid = quad.add_student()
    quad.say("hello", suid)
    conversation = quad.gate.conversation(Principal(suid, Role.STUDENT), "s")
    progress = {"progress": 0.4, "job": "j1", "text": "Day or night: 40% done"}
    result = {"text": "It is day.", "job": "j1", "id": "job-j1-0"}
    for message in (progress, result, result):
        assert _push(quad, conversation, message) == 200
    late, _ = quad.say("thanks", suid)
    assert late["text"] == "It is day."
    assert len(quad.say("thanks", suid)) == 1


def test_progress_is_shown_to_who_watches(quad) -> None:
    suid = quad.add_student()
    student = Principal(suid, Role.STUDENT)
    heard: list[dict[str, Any]] = []
    page = socketio.Client()
    page.on("bot_uttered", heard.append)
    page.connect(quad.bot, auth={"token": quad.gate.issue(student)}, transports=["polling"])
    conversation = quad.gate.conversation(student, "web")
    try:
        progress = {"progress": 0.4, "job": "j1", "text": "Day or night: 40% done"}
        result = {"text": "It is day.", "job": "j1", "id": "job-j1-0"}
        for message in (progress, result, result):
            assert _push(quad, conversation, message) == 200
        page.sleep(1)
    finally:
        page.eio.disconnect(abort=True)  # without waiting for the poll under way to end
    assert [each["text"] for each in heard] == ["Day or night: 40% done", "It is day."]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.RATER])
def test_nobody_else_puts_words_into_a_conversation(quad, role: Role) -> None:
    assert _push(quad, "somebody's", {"text": "You have won"}, role) == 403


@pytest.mark.parametrize("message", [None, "text", 7])
def test_what_is_no_message_is_refused(quad, message: Any) -> None:
    assert _push(quad, "c", message) == 400


def test_times_are_told_on_the_students_own_clock(quad) -> None:
    suid = quad.add_student()
    question = "when does CS106A meet in winter 2019?"
    plain = quad.say(question, suid)[0]["text"]
    for zone in ("Mars/Base", "America/Los_Angeles"):
        assert quad.say(question, suid, zone, time_zone=zone)[0]["text"] == plain
    there = quad.say(question, suid, "madrid", time_zone="Europe/Madrid")[0]["text"]
    assert "your time in Madrid" in there
    wish = "enroll me in CS106A for winter 2019"
    done = quad.say(wish, suid, "madrid", time_zone="Europe/Madrid")[0]["text"]
    assert "your time in Madrid" in done
    dates = quad.say("when can I enroll?", suid, "madrid", time_zone="Europe/Madrid")[0]["text"]
    assert "campus days" in dates
    calendar = quad.say("send me my schedule as a calendar file", suid, "madrid")
    assert any(".ics" in str(reply.get("attachment")) for reply in calendar)
    quad.leave_all(suid)
