"""Axess's planning routes over real HTTP: permissions, plans, reasons, tickets."""

from __future__ import annotations

import io
from datetime import date, timedelta

import httpx
import pytest
from icalendar import Calendar
from PIL import Image

from knowledge import tickets, tokens
from knowledge.clients.http import Service
from knowledge.clients.planning import PlanningClient
from knowledge.errors import NothingToPlan, UnknownCourse
from knowledge.mocks.axess import create_axess
from knowledge.mocks.axess_plan import add_planning
from knowledge.model.codes import CourseCode
from knowledge.model.obstacles import NeedsFirst, NotOffered, OnHold
from knowledge.model.students import Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.unit_of_work import UnitOfWork
from knowledge.tickets import Shown

SECRET = "a secret of the tests that is long enough for HS256"
SUID, OTHER, HELD = "05960001", "05960002", "05960003"
TODAY = date(2018, 11, 15)
CORE = "CS106A CS106B CS103 CS107 CS109 MATH19 MATH20 MATH21 MATH51"


def token(subject: str, role: Role = Role.STUDENT) -> str:
    return tokens.issue(Principal(subject, role), SECRET, timedelta(minutes=5))


@pytest.fixture
def address(units: UnitOfWork, serve) -> str:
    core = frozenset(CourseCode.parse(code) for code in CORE.split())
    with units.write() as work:
        for student in (
            Student(SUID, "A", "Computer Science BS", core),
            Student(OTHER, "B", "Underwater Basketry BA"),
            Student(HELD, "C", "History BA", holds=("Library fee",)),
        ):
            Administration(work, TODAY, "test").put_student(student)

    def verify(signed: str) -> Principal:
        return tokens.verify(signed, SECRET)

    app = create_axess(units, verify, lambda: TODAY)
    add_planning(app, units, verify, lambda: TODAY, SECRET)
    return serve(app)


@pytest.fixture
def axess(address: str):
    headers = {"Authorization": f"Bearer {token(SUID)}"}
    with httpx.Client(base_url=address, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
async def planning(address: str):
    async with httpx.AsyncClient() as http:
        service = Service("axess", address, http)
        yield PlanningClient(service, lambda: token("actions", Role.SERVICE))


async def test_a_plan_by_the_client(planning: PlanningClient) -> None:
    plan = await planning.plan(SUID, [])
    assert (plan.programme, plan.known, plan.feasible) == ("Computer Science BS", True, True)
    assert [term.quarter for term in plan.terms] == ["Winter", "Spring"]
    assert all(12 <= term.units <= 20 for term in plan.terms)
    codes = [course.code for term in plan.terms for course in term.courses]
    assert "CS161" in codes
    assert len(codes) == len(set(codes))
    assert all(course.serves for term in plan.terms for course in term.courses)
    assert any(requirement.remains for requirement in plan.requirements)


async def test_wishes_are_heard(planning: PlanningClient) -> None:
    wishes = [("term", "Spring 2019"), ("day_off", "Friday"), ("max_units", "9"), ("target", "9")]
    plan = await planning.plan(SUID, [*wishes, ("include", "CS181"), ("earliest", "10:00")])
    (term,) = plan.terms
    assert term.units <= 9
    assert "CS181" in [course.code for course in term.courses]
    assert not any("Fri" in meeting for course in term.courses for meeting in course.meetings)


async def test_a_programme_without_requirements_goes_by_the_general_ones(planning) -> None:
    plan = await planning.plan(OTHER, [])
    assert (plan.programme, plan.known) == ("Underwater Basketry BA", False)
    assert any(requirement.name.startswith("Writing") for requirement in plan.requirements)


async def test_why_not(planning: PlanningClient) -> None:
    found = await planning.why_not(OTHER, "CS229", [])
    (facts,) = found.reasons
    assert {type(fact) for fact in facts} == {NeedsFirst, NotOffered}
    fits = await planning.why_not(SUID, "CS124", [])
    assert (fits.reasons, fits.fits) == ((), ("Winter", 2019))
    held = await planning.why_not(HELD, "HISTORY1C", [])
    assert held.reasons == ((OnHold("HISTORY1C", "Library fee"),),)


async def test_what_cannot_be_planned(planning: PlanningClient) -> None:
    impossible = await planning.plan(OTHER, [("include", "CS229"), ("term", "Spring 2019")])
    assert not impossible.feasible
    assert impossible.reasons
    with pytest.raises(UnknownCourse):
        await planning.plan(SUID, [("include", "CS999")])
    with pytest.raises(UnknownCourse):
        await planning.why_not(SUID, "CS999", [])
    with pytest.raises(NothingToPlan):
        await planning.plan(SUID, [("term", "Autumn 2018")])


@pytest.mark.parametrize(
    "asked",
    [
        "terms=0",
        "terms=9",
        "term=Monsoon 2019",
        "term=Winter ²⁰¹⁹",
        "include=robots",
        "day_off=Fryday",
        "earliest=25:00",
        "max_units=0",
        "else=1",
    ],
)
def test_a_malformed_question_is_refused(axess: httpx.Client, asked: str) -> None:
    answer = axess.get(f"/students/{SUID}/plan?{asked}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["plan", "plan/why-not?code=CS229", "timetable"])
def test_only_the_student_and_who_acts_for_all_may_ask(axess: httpx.Client, path: str) -> None:
    assert axess.get(f"/students/{OTHER}/{path}").status_code == 403
    assert axess.get(f"/students/{SUID}/{path}", headers={"Authorization": ""}).status_code == 401
    admin = {"Authorization": f"Bearer {token('ada', Role.ADMIN)}"}
    assert axess.get(f"/students/{SUID}/{path}", headers=admin).status_code == 200


def test_pictures_and_files_are_opened_by_their_ticket_alone(axess: httpx.Client) -> None:
    plan = axess.get(f"/students/{SUID}/plan").json()
    shown = httpx.get(f"{axess.base_url}{plan['terms'][0]['picture']}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(shown.content)).width == 1920
    assert "private" in shown.headers["cache-control"]
    file = httpx.get(f"{axess.base_url}{plan['calendar']}")
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(file.text).walk("VEVENT")
    summaries = {str(event["summary"]).split()[0] for event in events}
    planned = {course["code"] for term in plan["terms"] for course in term["courses"]}
    assert summaries == planned


def test_a_ticket_is_refused_for_another_expired_or_forged(axess: httpx.Client) -> None:
    def status(suid: str, ticket: str, kind: str = "ics") -> int:
        return httpx.get(
            f"{axess.base_url}/students/{suid}/timetable.{kind}", params={"ticket": ticket}
        ).status_code

    shown = Shown(SUID, (1194,))
    good = tickets.issue(shown, SECRET)
    assert status(SUID, good) == 200
    assert status(SUID[1:], good) == 200
    assert status(OTHER, good) == 403
    assert status("no number", good) == 403
    assert status(SUID, tickets.issue(shown, SECRET, timedelta(seconds=-1))) == 401
    assert status(SUID, tickets.issue(shown, "another secret, as long as the right one")) == 401
    assert status(SUID, token(SUID)) == 401  # a token is no ticket, nor a ticket a token
    bearer = {"Authorization": f"Bearer {good}"}
    assert axess.get(f"/students/{SUID}", headers=bearer).status_code == 401
    assert httpx.get(f"{axess.base_url}/students/{SUID}/timetable.png").status_code == 422


def test_the_own_timetable_shows_what_is_taken_now(axess, units: UnitOfWork) -> None:
    nothing = axess.get(f"/students/{SUID}/timetable").json()
    assert nothing == {"pictures": [], "calendar": ""}
    with units.write() as work:
        course = work.catalogue.course("CS229")
        wanted = next(s for s in work.catalogue.sections(course.course_id) if s.term.year == 2019)
        Registrar(work, TODAY, "test").enroll(SUID, wanted.class_id, Wish())
    found = axess.get(f"/students/{SUID}/timetable").json()
    assert len(found["pictures"]) == 1
    assert "CS229" in httpx.get(f"{axess.base_url}{found['calendar']}").text
    plan = axess.get(f"/students/{SUID}/plan").json()
    assert [taken["code"] for taken in plan["terms"][0]["taken"]] == ["CS229"]
    assert "CS229" not in [c["code"] for t in plan["terms"] for c in t["courses"]]


def test_no_ticket_names_a_term_that_does_not_exist(axess: httpx.Client) -> None:
    ticket = tickets.issue(Shown(SUID, (4,)), SECRET)
    answer = httpx.get(f"{axess.base_url}/students/{SUID}/timetable.png?ticket={ticket}")
    assert answer.status_code == 404
