"""The audit log's pages: searching, one entry, undoing once; petitions; the question log."""

from __future__ import annotations

import re
import time

import httpx
import pytest
from seated import seat
from tests_admin import SECRET, TODAY, Clerk, section_of

from bot.identity import Gate
from knowledge.model.students import Decision, Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork


def _latest(units: UnitOfWork) -> int:
    with units.read() as work:
        return work.audit.latest(1)[0].id


def test_the_log_is_searched_by_who_what_and_words(clerk: Clerk, units: UnitOfWork) -> None:
    clerk.change("students/05990001", holds="Library fine")
    clerk.change("students/05990002", holds="Advising")
    for query in (
        "actor=ada&text=Library",
        "act=change-student&key=05990001",
        "table=students&text=fine&since=2020-01-01",
    ):
        page = clerk.get(f"audit?{query}")
        assert "1 entry" in page, query
        assert "Library fine" in page
        assert "Advising" not in page
    assert "0 entries" in clerk.get("audit?actor=nobody")
    assert "0 entries" in clerk.get("audit?until=2001-01-01")
    assert clerk.http.get("/admin/audit?since=someday&import_id=x&page=0").status_code == 200


def test_one_change_is_undone_once(clerk: Clerk, units: UnitOfWork) -> None:
    path = f"sections/{section_of(units, 'CS106L')}"
    before = clerk.form(path)["capacity"]
    clerk.change(path, capacity="77")
    entry = _latest(units)
    action = f"/admin/audit/{entry}/undo"
    form = clerk.form(f"audit/{entry}", action)
    assert "taken back" in clerk.send(action, form).text
    assert clerk.form(path)["capacity"] == before
    assert "taken back" in clerk.send(action, form).text  # the same click again
    assert clerk.form(path)["capacity"] == before
    twice = clerk.send(action, {**form, "form_id": "c" * 32})
    assert twice.status_code == 409
    assert "cannot be undone" in twice.text
    assert 'action="/admin/audit' not in clerk.get(f"audit/{entry}")


def test_undoing_below_a_later_change_is_refused_with_both(clerk: Clerk, units: UnitOfWork) -> None:
    path = f"sections/{section_of(units, 'CS106L')}"
    clerk.change(path, capacity="77")
    entry = _latest(units)
    clerk.change(path, capacity="78")
    action = f"/admin/audit/{entry}/undo"
    refused = clerk.send(action, clerk.form(f"audit/{entry}", action))
    assert refused.status_code == 409
    assert "changed again since" in refused.text
    assert "<td>77</td><td>78</td>" in refused.text
    assert clerk.form(path)["capacity"] == "78"


def _petition(units: UnitOfWork) -> int:
    with units.write() as work:
        student = Student("05970009", "Pat Petition", "Undeclared", max_units=18)
        Administration(work, TODAY, "test").put_student(student)
        section = work.catalogue.section(section_of_work(work))
        seat(work, "05970009", section, 1)
        return work.exceptions.file("05970009", section.term, 24).petition_id


def section_of_work(work) -> int:
    return work.catalogue.sections(work.catalogue.course("CS106L").course_id)[0].class_id


def test_a_petition_is_decided_once(clerk: Clerk, units: UnitOfWork) -> None:
    number = _petition(units)
    action = f"/admin/petitions/{number}"
    page = clerk.get("petitions")
    assert "Pat Petition" in page
    assert "24 units" in page
    form = {**clerk.form("petitions", action), "decision": "approved"}
    assert "was approved" in clerk.send(action, form).text
    late = clerk.send(action, {**form, "form_id": "d" * 32, "decision": "denied"})
    assert late.status_code == 409
    assert "Somebody was faster" in late.text
    with units.read() as work:
        found = [p.decision for p in work.exceptions.petitions() if p.petition_id == number]
        assert found == [Decision.APPROVED]
    assert "Pat Petition" in clerk.get("petitions?decision=approved")


@pytest.mark.parametrize(
    ("number", "decision", "status"), [(1, "perhaps", 422), (10**6, "denied", 404)]
)
def test_a_decision_that_is_none_is_refused(
    clerk: Clerk, units: UnitOfWork, number: int, decision: str, status: int
) -> None:
    petition = _petition(units)
    form = clerk.form("petitions", f"/admin/petitions/{petition}")
    chosen = petition if number == 1 else number
    answer = clerk.send(f"/admin/petitions/{chosen}", {**form, "decision": decision})
    assert answer.status_code == status


def test_what_is_asked_reaches_the_log_and_the_dashboard(clerk: Clerk, site: str) -> None:
    service = Gate(SECRET).issue(Principal("actions", Role.SERVICE))
    headers = {"Authorization": f"Bearer {service}"}
    search = f"{site}/explorecourses/search"
    for _ in range(2):
        httpx.get(search, params={"view": "json", "q": "zymurgy of 05551234"}).raise_for_status()
    httpx.get(search, params={"view": "xml-20140630", "q": "not a student"}).raise_for_status()
    asked = {"kind": "lecture", "text": "what is <b>zen</b>?"}
    url = f"{site}/explorecourses/questions"
    assert httpx.post(url, json=asked, headers=headers).status_code == 202
    page = ""
    for _ in range(40):
        page = clerk.get("questions?answered=no")
        if "zen" in page and "zymurgy" in page:
            break
        time.sleep(0.1)
    assert "3 questions" in page
    assert "zymurgy of [number]" in page
    assert "<b>zen</b>" not in page
    assert "not a student" not in page
    board = clerk.get("?term=1196")  # the figures of the first page are kept for a while
    assert re.search(r"zymurgy of \[number\]</a></th><td>search</td>", board)


def test_only_the_action_server_tells_of_questions(site: str) -> None:
    url, asked = f"{site}/explorecourses/questions", {"kind": "unclear", "text": "hm"}
    assert httpx.post(url, json=asked).status_code == 401
    for role in (Role.STUDENT, Role.ADMIN):
        token = Gate(SECRET).issue(Principal("05990001", role))
        answer = httpx.post(url, json=asked, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 403
    service = Gate(SECRET).issue(Principal("actions", Role.SERVICE))
    headers = {"Authorization": f"Bearer {service}"}
    for wrong in ({"kind": "gossip", "text": "x"}, {"kind": "unclear", "text": "x" * 3000}, {}):
        assert httpx.post(url, json=wrong, headers=headers).status_code == 422
