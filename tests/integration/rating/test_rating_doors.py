"""Who may rate, and what a form must carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from rating_raters import SECRET, Rater

from bot.evaluation.model import Candidate, Item, Said, Speaker
from bot.evaluation.storage.store import RatingStore
from bot.identity import Gate
from bot.identity.__main__ import main
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

Enter = Callable[..., Rater]


@pytest.mark.parametrize("role", [Role.RATER, Role.ADMIN])
def test_raters_and_admins_may_enter(kept: RatingStore, enter: Enter, role: Role) -> None:
    assert "Which reply fits?" in enter("ada", role).get().text


@pytest.mark.parametrize("role", [Role.STUDENT, Role.SERVICE, Role.ANONYMOUS])
def test_others_may_not(site: str, token: Callable[[str, Role], str], role: Role) -> None:
    signed = httpx.post(f"{site}/rate/sign-in", data={"token": token("05990001", role)})
    assert signed.status_code == 401
    assert "neither a rater" in signed.text
    inside = httpx.get(f"{site}/rate/items/1", cookies={"quad_rater": token("05990001", role)})
    assert inside.status_code == 403
    assert "Not allowed" in inside.text


def test_a_rater_is_nobody_elsewhere(site: str, token: Callable[[str, Role], str]) -> None:
    rater = token("ada", Role.RATER)
    assert httpx.post(f"{site}/admin/sign-in", data={"token": rater}).status_code == 401
    assert httpx.get(f"{site}/admin/", cookies={"quad_admin": rater}).status_code == 403
    record = httpx.get(
        f"{site}/axess/students/05990001", headers={"Authorization": f"Bearer {rater}"}
    )
    assert record.status_code == 403


def test_without_a_session_one_is_asked_to_sign_in_and_comes_back(
    site: str, kept: RatingStore, token: Callable[[str, Role], str]
) -> None:
    asked = httpx.get(f"{site}/rate/items/2")
    assert asked.status_code == 401
    assert 'name="back" value="/rate/items/2"' in asked.text
    form = {"token": token("ada", Role.RATER), "back": "/rate/items/2"}
    signed = httpx.post(f"{site}/rate/sign-in", data=form)
    assert signed.headers["location"] == "/rate/items/2"
    cookie = signed.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/rate"))
    away = httpx.post(f"{site}/rate/sign-in", data={**form, "back": "//evil.example/rate/"})
    assert away.headers["location"] == "/rate/"
    old = Gate(SECRET).issue(Principal("ada", Role.RATER), timedelta(seconds=-1))
    expired = httpx.get(f"{site}/rate/", cookies={"quad_rater": old})
    assert "has expired" in expired.text


def test_signing_out_forgets(kept: RatingStore, enter: Enter) -> None:
    rater = enter("ada")
    form = rater.form(rater.get().text, "/rate/sign-out")
    assert "Rater" in rater.http.post("/rate/sign-out", data=form).text
    assert rater.http.get("/rate/items/1").status_code == 401


def test_a_form_of_another_session_is_refused(kept: RatingStore, enter: Enter) -> None:
    ada, ben = enter("ada"), enter("ben")
    path, form = ada.scoring(ada.get(), 1, 2, 3, 4)
    assert ben.http.post(path, data=form).status_code == 403
    forged = {**form, "form_key": "é" * 64}
    assert ada.http.post(path, data=forged).status_code == 403
    assert kept.judged() == ()


def test_every_answer_is_private_and_framed_by_nobody(kept: RatingStore, enter: Enter) -> None:
    headers = enter("ada").get().headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"), [("items/99", 404), ("items/x", 404), ("pairs/1", 404), ("nothing", 404)]
)
def test_what_is_not_there_is_told(kept: RatingStore, enter: Enter, path: str, status: int) -> None:
    answer = enter("ada").http.get(f"/rate/{path}")
    assert answer.status_code == status
    assert "To the beginning" in answer.text


def test_students_words_are_masked_and_harmless(
    kept: RatingStore, enter: Enter, units: UnitOfWork
) -> None:
    with units.read() as work:
        name = work.students.get("05990001").name.split(" (")[0]
    asked = f"I am 05551234, {name}, <b>ada@stanford.edu</b>, my name is Grace"
    replies = tuple(
        Candidate((Said(Speaker.QUAD, text, (f"For {name}",)),), (policy,), ())
        for policy, text in (("policy_a", f"Enrolled {name}"), ("policy_b", "Call 650-723-2300"))
    )
    kept.add([Item((Said(Speaker.STUDENT, asked),), replies, "real", 1)])
    page = enter("ada").get("items/4").text
    for personal in ("05551234", name, "stanford.edu", "Grace", "723-2300", "<b>", "policy_"):
        assert personal not in page.split("<main")[1], personal
    assert page.count("[name]") == 5
    assert page.count("[number]") == 2


def test_the_command_line_makes_a_raters_token(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUAD_SECRET", SECRET)
    assert main(["issue", "--suid", "ada", "--role", "rater"]) == 0
    token = capsys.readouterr().out.strip()
    assert Gate(SECRET).verify(token) == Principal("ada", Role.RATER)
