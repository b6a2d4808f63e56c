"""The XML views field by field, compared with the database they show."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree as ET

import httpx
import pytest

from knowledge.model.terms import Quarter, Term
from knowledge.storage.unit_of_work import UnitOfWork

_COURSE = (
    "year subject code title description gers repeatable grading unitsMin unitsMax remote "
    "learningObjectives sections administrativeInformation attributes tags"
).split()
_SECTION = (
    "classId term termId subject code units sectionNumber component numEnrolled maxEnrolled "
    "numWaitlist maxWaitlist enrollStatus addConsent dropConsent instructionMode courseId "
    "schedules currentClassSize maxClassSize currentWaitlistSize maxWaitlistSize notes attributes"
).split()
_SCHEDULE = "startDate endDate startTime endTime location days instructors".split()
_INSTRUCTOR = "name firstName middleName lastName sunet role".split()


def _courses(web: httpx.Client, **params: str) -> list[ET.Element]:
    given = {"view": "xml-20140630", "academicYear": "20182019", **params}
    answer = web.get("/search", params=given).raise_for_status()
    assert answer.headers["content-type"].startswith("text/xml")
    root = ET.fromstring(answer.content)
    assert root.tag == "xml"
    return root.findall("courses/course")


def _tags(element: ET.Element) -> list[str]:
    return [child.tag for child in element]


@pytest.fixture(scope="module")
def history(web: httpx.Client) -> list[ET.Element]:
    return _courses(web, q="HISTORY", **{"filter-departmentcode-HISTORY": "on"})


@pytest.mark.parametrize(
    ("view", "unknown"),
    [("xml-20200810", set()), ("xml-20140630", {"remote", "instructionMode"})],
)
def test_elements_have_the_real_names_in_the_real_order(
    web: httpx.Client, view: str, unknown: set[str]
) -> None:
    params = {"view": view, "filter-departmentcode-HISTORY": "on"}
    for course in _courses(web, q="HISTORY", **params):
        assert _tags(course) == [name for name in _COURSE if name not in unknown]
        for section in course.iterfind("sections/section"):
            assert _tags(section) == [name for name in _SECTION if name not in unknown]
            for schedule in section.iterfind("schedules/schedule"):
                assert _tags(schedule) == _SCHEDULE
                people = schedule.findall("instructors/instructor")
                assert people
                assert all(_tags(person) == _INSTRUCTOR for person in people)


def test_the_older_view_says_that_it_is_deprecated(web: httpx.Client) -> None:
    for view, said in (("xml-20140630", "true"), ("xml-20200810", "false")):
        root = ET.fromstring(web.get("/search", params={"view": view, "q": "CS106A"}).content)
        assert _tags(root) == ["deprecated", "latestVersion", "courses"]
        assert root.findtext("deprecated") == said
        assert root.findtext("latestVersion") == "20200810"


def test_days_are_padded_as_the_original_pads_them(history: list[ET.Element]) -> None:
    for days in (s.findtext("days") or "" for c in history for s in c.iter("schedule")):
        assert len(days.splitlines()) == 9
        assert days != days.strip()
        assert days.split()


def test_the_asked_year_is_the_only_one(history: list[ET.Element]) -> None:
    assert {course.findtext("year") for course in history} == {"2018-2019"}
    terms = {s.findtext("term") for course in history for s in course.iter("section")}
    assert terms <= {f"2018-2019 {quarter}" for quarter in Quarter}
    assert len(terms) >= 3


def test_a_section_says_what_the_database_says(web: httpx.Client, catalogue: UnitOfWork) -> None:
    (course,) = [c for c in _courses(web, q="CS106B") if c.findtext("code") == "106B"]
    with catalogue.read() as work:
        stored = work.catalogue.course("CS106B")
        sections = {
            s.class_id: s
            for s in work.catalogue.sections(stored.course_id)
            if s.term.academic_year_start == 2018
        }
        calendar = work.catalogue.calendar()
    assert course.findtext("title") == stored.title
    shown = course.findall("sections/section")
    assert {int(s.findtext("classId") or 0) for s in shown} == set(sections)
    for element in shown:
        section = sections[int(element.findtext("classId") or 0)]
        dates = calendar.find(section.term)
        assert dates is not None
        assert element.findtext("termId") == str(section.term.term_id)
        assert element.findtext("maxEnrolled") == element.findtext("maxClassSize")
        assert element.findtext("maxClassSize") == str(section.capacity)
        assert element.findtext("currentClassSize") == str(section.enrolled)
        assert element.findtext("schedules/schedule/location") == section.meetings[0].room
        starts = element.findtext("schedules/schedule/startDate") or ""
        assert datetime.strptime(starts, "%b %d, %Y").date() == dates.starts  # noqa: DTZ007
        assert re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}, \d{4}", starts)


def test_times_are_on_the_twelve_hour_clock(history: list[ET.Element]) -> None:
    for schedule in (s for course in history for s in course.iter("schedule")):
        begin, end = schedule.findtext("startTime") or "", schedule.findtext("endTime") or ""
        assert re.fullmatch(r"(1[0-2]|[1-9]):[0-5]\d:00 [AP]M", begin)
        clock = [datetime.strptime(text, "%I:%M:%S %p") for text in (begin, end)]  # noqa: DTZ007
        assert clock[0] < clock[1]


def test_a_full_section_is_closed(web: httpx.Client) -> None:
    sections = [s for c in _courses(web, q="all courses") for s in c.iter("section")]
    assert len(sections) > 400
    full = {s.findtext("enrollStatus") for s in sections if int(s.findtext("numWaitlist") or 0)}
    assert full == {"Closed"}
    roomy = {
        s.findtext("enrollStatus")
        for s in sections
        if int(s.findtext("numEnrolled") or 0) < int(s.findtext("maxEnrolled") or 0)
    }
    assert roomy == {"Open"}


def test_a_cross_listed_course_stands_under_each_code(web: httpx.Client) -> None:
    found = _courses(web, q="CS124")
    assert {f"{c.findtext('subject')}{c.findtext('code')}" for c in found} == {
        "CS124",
        "LINGUIST180",
    }
    path = "administrativeInformation/courseId"
    assert len({c.findtext(path) for c in found}) == 1


def test_signs_of_markup_survive(web: httpx.Client) -> None:
    found = _courses(web, q="MS&E", **{"filter-departmentcode-MS&E": "on"})
    assert {"MS&E"} <= {c.findtext("subject") for c in found}
    assert len(found) > 3
    answer = web.get("/search", params={"view": "xml-20200810", "q": "<b>&\"'"})
    assert ET.fromstring(answer.content).findall("courses/course") == []


def test_departments_stand_once_under_their_school(web: httpx.Client) -> None:
    root = ET.fromstring(web.get("/", params={"view": "xml-20140630"}).content)
    schools = root.findall(".//school")
    codes = [d.get("name") for school in schools for d in school.findall("department")]
    assert len(set(codes)) == len(codes) >= 15
    assert len({school.get("name") for school in schools}) == len(schools)
    assert all(d.get("longname") for d in root.iter("department"))


@pytest.mark.parametrize(
    ("name", "quarter"), [("Autumn", 2), ("Winter", 4), ("Spring", 6), ("Summer", 8)]
)
def test_the_term_filter(web: httpx.Client, name: str, quarter: int) -> None:
    found = _courses(web, q="all courses", **{f"filter-term-{name}": "on"})
    assert found
    ids = {s.findtext("termId") for c in found for s in c.iter("section")}
    assert str(1190 + quarter) in ids
    assert all(c.find("sections/section") is not None for c in found)


def test_filters_join(web: httpx.Client, catalogue: UnitOfWork) -> None:
    filters = ("ger-WAYFR", "academiclevel-UG", "units-3", "term-Winter")
    found = _courses(web, q="all courses", **{f"filter-{name}": "on" for name in filters})
    assert found
    winter = Term(Quarter.WINTER, 2019)
    with catalogue.read() as work:
        held = {s.course_id for s in work.catalogue.sections(term=winter)}
        wanted = {
            str(code)
            for c in work.catalogue.courses()
            if "WAY-FR" in c.requirements
            and c.level.career == "UG"
            and c.units_min <= 3 <= c.units_max
            and c.course_id in held
            for code in c.codes
        }
    assert {f"{c.findtext('subject')}{c.findtext('code')}" for c in found} == wanted


def test_units_and_requirements_are_written_as_the_original_writes_them(web: httpx.Client) -> None:
    (course,) = [c for c in _courses(web, q="MATH51") if c.findtext("code") == "51"]
    assert course.findtext("gers") == "WAY-FR"
    fixed = [c for c in _courses(web, q="all courses") if c.findtext("unitsMin") == "5"]
    for element in (c for c in fixed if c.findtext("unitsMax") == "5"):
        assert {s.findtext("units") for s in element.iter("section")} <= {"5"}
