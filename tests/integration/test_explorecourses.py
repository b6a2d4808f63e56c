"""ExploreCourses over real HTTP: XML as the real one's, JSON for the assistant, the PyPI client."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import explorecourses
import httpx
import pytest
from explorecourses import CourseConnection

from knowledge.mocks.explorecourses import create_explorecourses
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def catalogue_client(catalogue: UnitOfWork, serve) -> httpx.Client:
    with httpx.Client(base_url=serve(create_explorecourses(catalogue))) as client:
        yield client


@pytest.mark.parametrize("view", ["xml-20140630", "xml-20200810"])
def test_departments(catalogue_client: httpx.Client, view: str) -> None:
    root = ET.fromstring(catalogue_client.get("/", params={"view": view}).content)
    names = {department.get("name") for department in root.iter("department")}
    assert {"CS", "HISTORY", "MS&E"} <= names


def test_courses_as_xml(catalogue_client: httpx.Client) -> None:
    params = {
        "view": "xml-20200810",
        "q": "CS",
        "academicYear": "20182019",
        "filter-departmentcode-CS": "on",
        "filter-term-Winter": "on",
    }
    root = ET.fromstring(catalogue_client.get("/search", params=params).content)
    found = {f"{c.findtext('subject')}{c.findtext('code')}": c for c in root.iter("course")}
    section = found["CS106A"].find("sections/section")
    assert section is not None
    assert section.findtext("term") == "2018-2019 Winter"
    assert section.findtext("termId") == "1194"
    assert section.findtext("schedules/schedule/startTime").endswith(("AM", "PM"))
    assert "Prerequisite:" in found["CS229"].findtext("description")


def test_the_public_client_reads_it(
    catalogue_client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = str(catalogue_client.base_url)
    monkeypatch.setattr(CourseConnection, "_URL", f"{base}/")
    connection = CourseConnection()
    courses = connection.get_courses_by_department("CS", year="2018-2019")
    assert any((c.subject, c.code) == ("CS", "106A") for c in courses)
    assert explorecourses.__name__ == "explorecourses"


def test_search_as_json(catalogue_client: httpx.Client) -> None:
    params = {"view": "json", "subject": "history", "level": "undergraduate", "quarter": "Spring"}
    body = catalogue_client.get("/search", params={**params, "year": "2019"}).json()
    assert body["total"] > 10
    assert all(s["quarter"] == "Spring" for c in body["courses"] for s in c["sections"])


@pytest.mark.parametrize(
    "params",
    [
        {"view": "pdf"},
        {"level": "kindergarten"},
        {"year": "soon"},
        {"day": "Funday"},
        {"grading": "vibes"},
    ],
)
def test_a_parameter_that_cannot_be_read_is_a_problem(
    catalogue_client: httpx.Client, params: dict[str, str]
) -> None:
    answer = catalogue_client.get("/search", params=params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_one_course_and_an_unknown_one(catalogue_client: httpx.Client) -> None:
    assert catalogue_client.get("/courses/cs 106 a").json()["code"] == "CS106A"
    assert catalogue_client.get("/courses/CS999").status_code == 404
    assert catalogue_client.get("/suggestions/CS999").json()
