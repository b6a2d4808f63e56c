"""The original's check boxes over HTTP, compared with the database; what does not exist is 422."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import httpx
import pytest

from knowledge.formats.records import CourseRecord
from knowledge.formats.xml_reader import read_xml
from knowledge.model.courses import Course, Section
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter
from knowledge.storage.unit_of_work import UnitOfWork

Judge = Callable[[Course, list[Section]], bool]


def _found(web: httpx.Client, *boxes: str, view: str = "xml-20200810") -> list[CourseRecord]:
    params = {"view": view, "q": "all courses", "academicYear": "20182019"}
    params |= {f"filter-{box}": "on" for box in boxes}
    answer = web.get("/search", params=params).raise_for_status()
    return list(read_xml(BytesIO(answer.content)))


def _wanted(catalogue: UnitOfWork, holds: Judge) -> set[str]:
    with catalogue.read() as work:
        sections: dict[int, list[Section]] = {}
        for section in work.catalogue.sections():
            if section.term.academic_year_start == 2018:
                sections.setdefault(section.course_id, []).append(section)
        return {
            str(code)
            for course in work.catalogue.courses()
            if course.course_id in sections and holds(course, sections[course.course_id])
            for code in course.codes
        }


def _days(section: Section) -> set[Day]:
    return {day for meeting in section.meetings for day in meeting.days}


def _begins(section: Section, low: int, high: int) -> bool:
    return any(low <= meeting.start.hour < high for meeting in section.meetings)


BOXES: list[tuple[tuple[str, ...], Judge]] = [
    (("units-5",), lambda c, s: c.units_min <= 5 <= c.units_max),
    (
        ("units-1", "units-5"),
        lambda c, s: c.units_min <= 1 <= c.units_max or c.units_min <= 5 <= c.units_max,
    ),
    (("units-2", "units-gt5"), lambda c, s: c.units_min <= 2 <= c.units_max or c.units_max > 5),
    (("ger-WAYAII",), lambda c, s: "WAY-A-II" in c.requirements),
    (
        ("ger-WAYCE", "ger-Writing2"),
        lambda c, s: bool({"WAY-CE", "Writing2"} & {*c.requirements}),
    ),
    (("academiclevel-GR",), lambda c, s: c.level.career == "GR"),
    (("academiclevel-GR", "academiclevel-UG"), lambda c, s: True),
    (("academiclevel-LAW",), lambda c, s: False),
    (("term-Summer",), lambda c, s: any(x.term.quarter is Quarter.SUMMER for x in s)),
    (("day-6",), lambda c, s: any(Day.FRIDAY in _days(x) for x in s)),
    (("day-1", "day-7"), lambda c, s: any({Day.SUNDAY, Day.SATURDAY} & _days(x) for x in s)),
    (("time-0",), lambda c, s: any(_begins(x, 0, 10) for x in s)),
    (("time-1", "time-4"), lambda c, s: any(_begins(x, 10, 12) or _begins(x, 17, 24) for x in s)),
    (
        ("term-Winter", "day-6", "time-3"),
        lambda c, s: any(
            x.term.quarter is Quarter.WINTER and Day.FRIDAY in _days(x) and _begins(x, 14, 17)
            for x in s
        ),
    ),
    (("coursestatus-Active",), lambda c, s: True),
]


@pytest.mark.parametrize(("boxes", "holds"), BOXES, ids=[" ".join(boxes) for boxes, _ in BOXES])
def test_boxes_leave_the_courses_that_the_database_says(
    web: httpx.Client, catalogue: UnitOfWork, boxes: tuple[str, ...], holds: Judge
) -> None:
    assert {str(record.code) for record in _found(web, *boxes)} == _wanted(catalogue, holds)


def test_one_and_five_units_do_not_find_three(web: httpx.Client) -> None:
    found = _found(web, "units-1", "units-5")
    assert found
    assert not [r for r in found if r.units_min == r.units_max == 3]


def test_a_term_narrows_the_courses_and_not_their_sections(web: httpx.Client) -> None:
    whole = {r.code: {s.key for s in r.sections} for r in _found(web)}
    winter = _found(web, "term-Winter")
    assert 0 < len(winter) < len(whole)
    assert all({s.key for s in r.sections} == whole[r.code] for r in winter)
    assert any(s.term.quarter is not Quarter.WINTER for r in winter for s in r.sections)
    assert all(r.sections[0].term.quarter is Quarter.WINTER for r in winter)


def test_the_json_view_has_the_same_boxes_and_pages_after_them(web: httpx.Client) -> None:
    params = {"view": "json", "filter-units-1": "on", "filter-units-5": "on", "limit": "500"}
    whole = web.get("/search", params=params).json()
    assert whole["total"] == len(whole["courses"]) > 5
    assert not [c for c in whole["courses"] if c["units_min"] == c["units_max"] == 3]
    page = web.get("/search", params={**params, "limit": "2", "offset": "3"}).json()
    assert page["total"] == whole["total"]
    assert [c["code"] for c in page["courses"]] == [c["code"] for c in whole["courses"][3:5]]


@pytest.mark.parametrize("view", ["xml-20200810", "xml-20140630", "json"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("filter-term-Fall", "on"),
        ("filter-units-6", "on"),
        ("filter-units-gt6", "on"),
        ("filter-time-5", "on"),
        ("filter-day-0", "on"),
        ("filter-day-8", "on"),
        ("filter-ger-WAYXX", "on"),
        ("filter-academiclevel-PHD", "on"),
        ("filter-coursestatus-Inactive", "on"),
        ("filter-colour-red", "on"),
        ("filter-", "on"),
        ("filter-term-Winter", "off"),
    ],
)
def test_a_box_that_does_not_exist_is_refused(
    web: httpx.Client, view: str, key: str, value: str
) -> None:
    answer = web.get("/search", params={"view": view, "q": "CS", key: value})
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/invalid-filter")
    assert (answer.json()["key"], answer.json()["value"]) == (key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("academicYear", "2018"),
        ("academicYear", "20182020"),
        ("academicYear", "x"),
        ("page", "two"),
    ],
)
def test_other_parameters_are_checked_in_the_xml_views(
    web: httpx.Client, key: str, value: str
) -> None:
    answer = web.get("/search", params={"view": "xml-20200810", "q": "CS", key: value})
    assert answer.status_code == 422
    assert answer.json()["key"] == key


def test_the_year_may_be_written_with_a_dash(web: httpx.Client) -> None:
    plain = {"view": "xml-20200810", "q": "HISTORY", "academicYear": "20182019"}
    dashed = {**plain, "academicYear": "2018-2019"}
    assert web.get("/search", params=dashed).content == web.get("/search", params=plain).content


def test_an_unknown_department_is_empty_and_pages_change_nothing(web: httpx.Client) -> None:
    assert _found(web, "departmentcode-ALCHEMY") == []
    plain = {"view": "xml-20200810", "q": "HISTORY", "academicYear": ""}
    paged = {**plain, "page": "0", "catalog": ""}
    assert web.get("/search", params=paged).content == web.get("/search", params=plain).content
