"""Acts by a cookie need the form's own key; other sites cannot act, nor read what is answered."""

from __future__ import annotations

import json

import pytest
from crawling import Found
from sqlalchemy import select

from bot.storage.tables import CheckInRow

ELSEWHERE = {"Origin": "https://evil.example", "Referer": "https://evil.example/x"}
FORM = {"form_id": "a" * 32, "version": "1", "note": "x"}


def _by_cookie(target) -> list[Found]:
    """Everything that changes something for whoever the cookie says."""
    cookie_areas = ("admin", "label", "rate")
    return [
        found
        for found in target.routes
        if found.method != "GET"
        and found.area in cookie_areas
        and not found.path.endswith("/sign-in")
    ]


def test_no_act_by_a_cookie_without_the_key_of_its_form(target) -> None:
    tried = 0
    with target.units.read() as work:
        before = len(work.audit.latest(10_000))
    for found in _by_cookie(target):
        path = found.at(target.samples)
        files = {"file": ("x.csv", b"code\n")} if path.endswith("/upload") else None
        for key in (None, "", "0" * 64, "ключ", "a\x00b", "x" * 5000):
            form = FORM if key is None else {**FORM, "form_key": key}
            for headers in ({}, ELSEWHERE):
                answer = target.people.post(path, data=form, files=files, headers=headers)
                assert answer.status_code in (403, 413, 422), (path, key, answer.status_code)
                tried += 1
        plain = {"Content-Type": "text/plain", **ELSEWHERE}
        answer = target.people.post(path, content=json.dumps(FORM), headers=plain)
        assert answer.status_code in (403, 415, 422), path
    print(f"{tried} forged forms")
    assert tried > 200
    with target.units.read() as work:
        assert len(work.audit.latest(10_000)) == before


def test_the_same_forms_without_a_session_are_refused_too(target) -> None:
    for found in _by_cookie(target):
        files = {"file": ("x.csv", b"code\n")} if found.path.endswith("/upload") else None
        answer = target.stranger.post(found.at(target.samples), data=FORM, files=files)
        assert answer.status_code == 401, found


def test_get_changes_nothing(target) -> None:
    with target.units.read() as work:
        before = len(work.audit.latest(10_000))
    for found in target.routes:
        if found.method == "GET":
            target.get(found)
    with target.units.read() as work:
        assert len(work.audit.latest(10_000)) == before


def test_no_act_of_a_student_without_the_key_of_the_form(target) -> None:
    with target.units.read() as work:
        before = [*work.session.scalars(select(CheckInRow.subject))]
    for step in ("enrol", "arrive", "here", "erase"):
        for key in (None, "", "0" * 64, "ключ", "a\x00b", "x" * 5000):
            form = FORM if key is None else {**FORM, "form_key": key}
            for headers in ({}, ELSEWHERE):
                path = f"/check-in/{step}"
                files = {"photo": ("x.png", b"x")}
                answer = target.student.post(path, data=form, files=files, headers=headers)
                assert answer.status_code == 403, (step, key)
        assert target.stranger.post(f"/check-in/{step}", data=FORM).status_code == 401
    with target.units.read() as work:
        assert [*work.session.scalars(select(CheckInRow.subject))] == before


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example"]
)
def test_no_other_origin_may_read_with_a_person_s_cookies(target, origin: str) -> None:
    for found in target.routes:
        for method in ("OPTIONS", found.method):
            headers = {"Origin": origin, "Access-Control-Request-Method": found.method}
            path = found.at(target.samples)
            answer = target.stranger.request(method, path, headers=headers)
            allowed = answer.headers.get("access-control-allow-origin")
            assert allowed not in (origin, "null"), (found, method)
            if allowed == "*":  # what everybody may read knows nobody
                assert "access-control-allow-credentials" not in answer.headers, found


def test_json_endpoints_take_no_form_of_another_site(target) -> None:
    """A form may send text/plain without asking first; it must not count as JSON."""
    for found in target.routes:
        if found.method != "POST" or found.area not in ("session", "axess", "explorecourses"):
            continue
        body = json.dumps({"suid": "05990001", "class_id": 1, "code": "x", "refresh": "x"})
        answer = target.people.post(
            found.at(target.samples),
            content=body,
            headers={"Content-Type": "text/plain", **ELSEWHERE},
        )
        assert answer.status_code in (400, 401, 403, 415, 422) or found.path == "/session/visitor"


def test_axess_believes_tokens_alone(target) -> None:
    """A cookie of a signed-in browser opens nothing of Axess."""
    for found in target.routes:
        if found.area == "axess" and "{suid}" in found.path:
            answer = target.people.request(found.method, found.at(target.samples))
            assert answer.status_code in (401, 403, 422), found
