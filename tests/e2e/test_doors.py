"""The doors: tokens, ownership of conversations, bad input, double submission."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from knowledge.model.students import Principal, Role

WISH = "enroll me in CS106A for winter 2019"


def _post(quad, body: object, token: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    return httpx.post(f"{quad.bot}/webhooks/rest/webhook", json=body, headers=headers, timeout=30)


def test_health_names_every_process(quad) -> None:
    body = httpx.get(f"{quad.site}/health").json()
    assert body["processes"] == dict.fromkeys(("site", "bot", "actions", "skills"), "ok")


@pytest.mark.parametrize("token", ["nonsense", "a.b.c"])
def test_a_forged_token_is_refused(quad, token: str) -> None:
    assert _post(quad, {"sender": "x", "message": "hi"}, token).status_code == 401


def test_an_expired_token_is_refused(quad) -> None:
    token = quad.gate.issue(Principal("05550001", Role.STUDENT), timedelta(seconds=-1))
    assert _post(quad, {"sender": "x", "message": "hi"}, token).status_code == 401


def test_a_sender_belongs_to_its_token(quad) -> None:
    one, other = quad.add_student(), quad.add_student()
    assert "quarter" in quad.text("enroll me in CS106A", one, sender="shared")
    assert "enrolled" not in quad.text("winter 2019", other, sender="shared")
    assert "enrolled" not in quad.text("winter 2019", None, sender="shared")
    assert "enrolled" in quad.text("winter 2019", one, sender="shared")
    assert quad.enrollments(other) == []


def test_metadata_cannot_name_the_speaker(quad) -> None:
    suid = quad.add_student()
    forged = {"principal": {"subject": suid, "role": "student"}}
    body = {"sender": "forger", "message": WISH, "metadata": forged}
    assert "sign in" in _post(quad, body).json()[0]["text"]
    assert quad.enrollments(suid) == []


@pytest.mark.parametrize("wish", ["drop CS106A", WISH, "swap CS106A for CS106B"])
def test_a_number_without_a_record_is_told_so_once(quad, wish: str) -> None:
    """A token whose student is gone: one refusal a wish, and nothing waits behind it."""
    assert len(quad.say(wish, "05979999", sender=wish)) == 1
    assert len(quad.say("thanks", "05979999", sender=wish)) == 1


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "😀",
        "🎉🎉🎉 👍",
        "a" * 5000,
        "enroll " * 700,
        "<script>alert(1)</script>",
        "<b>CS106A</b> & <i>winter</i>",
        "'; DROP TABLE enrollments; --",
        "' OR 1=1 --",
        "quiero matricularme en una clase de historia",
        "我想选课",
        "أريد التسجيل",
        "\x00\x01\x02",
        "/restart",
        '/enroll{"code": "CS106A"}',
        "{{7*7}} {0} %s %n",
        "what is 05551234 enrolled in?",
    ],
)
def test_bad_input_gets_a_kind_reply_and_changes_nothing(quad, message: str) -> None:
    suid = quad.add_student()
    replies = quad.say(message, suid)
    assert replies
    assert all(reply.get("text") or reply.get("image") for reply in replies)
    assert "Traceback" not in str(replies)
    assert quad.enrollments(suid) == []


@pytest.mark.parametrize(
    "body",
    [[], "text", {"sender": "x"}, {"sender": 5, "message": "hi"}, {"sender": "x", "message": 7}],
)
def test_a_body_that_is_no_message_is_refused(quad, body: object) -> None:
    assert _post(quad, body).status_code == 400


def test_a_resent_message_id_is_answered_again_but_acts_once(quad) -> None:
    suid = quad.add_student()
    first = quad.say(WISH, suid, message_id="m-1")
    again = quad.say(WISH, suid, message_id="m-1")
    assert first == again
    assert len(quad.enrollments(suid)) == 1


def test_rasas_own_api_is_closed(quad) -> None:
    for path in ("/conversations/x/tracker", "/domain", "/status"):
        assert httpx.get(quad.bot + path).status_code == 403
    assert httpx.put(f"{quad.bot}/model", json={}).status_code == 403


def test_parse_is_open_and_has_exact_offsets(quad) -> None:
    text = "  Enroll me in CS106A, for Winter 2019!"
    parse = httpx.post(f"{quad.bot}/model/parse", json={"text": text}).json()
    assert parse["intent"]["name"] == "enroll"
    assert all(text[e["start"] : e["end"]] == e["value"] for e in parse["entities"])
    assert {e["entity"] for e in parse["entities"]} >= {"code", "quarter", "year"}


def test_logs_hold_no_words_of_students(quad) -> None:
    suid = quad.add_student()
    quad.say("my very secret sentence about CS106A", suid)
    assert "very secret sentence" not in quad.log.read_text()


def test_a_student_whom_axess_does_not_know_is_told_so(quad) -> None:
    for said in ("what am I enrolled in?", WISH):
        answer = quad.text(said, "05551999", sender="nobody")
        assert "no student record" in answer
        assert "went wrong" not in answer
