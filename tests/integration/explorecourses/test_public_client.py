"""The PyPI package `explorecourses`, pointed at the mock, works unchanged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from explorecourses import CourseConnection, filters


@pytest.fixture
def connection(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[CourseConnection]:
    monkeypatch.setattr(CourseConnection, "_URL", f"{address}/")
    opened = CourseConnection()
    yield opened
    opened._session.close()


def test_schools_and_departments(connection: CourseConnection) -> None:
    schools = connection.get_schools("2018-2019")
    assert len(schools) >= 3
    engineering = next(s for s in schools if s.get_department("CS"))
    assert engineering.get_department("computer science").code == "CS"


def test_a_department_with_all_its_values(connection: CourseConnection) -> None:
    courses = connection.get_courses_by_department("CS", year="2018-2019")
    by_code = {f"{course.subject}{course.code}": course for course in courses}
    found = by_code["CS106A"]
    assert (found.title, found.year) == ("Programming Methodology", "2018-2019")
    assert found.units_min <= found.units_max
    assert found.active
    assert found.academic_career == "UG"
    assert {section.term for section in found.sections} >= {
        "2018-2019 Winter",
        "2018-2019 Spring",
    }
    for section in found.sections:
        assert section.curr_class_size <= section.max_class_size
        (schedule,) = section.schedules
        assert set(schedule.days) <= {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
        assert schedule.instructors[0].last_name


def test_filters(connection: CourseConnection) -> None:
    whole = connection.get_courses_by_department("HISTORY", year="2018-2019")
    spring = connection.get_courses_by_department(
        "HISTORY", filters.SPRING, filters.CAREER_UG, year="2018-2019"
    )
    assert 0 < len(spring) < len(whole)
    assert {course.academic_career for course in spring} == {"UG"}


def test_words(connection: CourseConnection) -> None:
    found = connection.get_courses_by_query("reinforcement learning", year="2018-2019")
    assert "CS234" in {f"{course.subject}{course.code}" for course in found}
    assert connection.get_courses_by_query("zyzzyva") == []


def test_repeatable_and_requirements(connection: CourseConnection) -> None:
    courses = connection.get_courses_by_query("all courses", year="2018-2019")
    assert len(courses) >= 300
    assert any(course.repeatable for course in courses)
    assert any("FR" in " ".join(course.gers) for course in courses)


@pytest.mark.parametrize("box", [value for name, value in vars(filters).items() if name.isupper()])
def test_every_filter_that_the_package_knows(connection: CourseConnection, box: str) -> None:
    """None is refused, and each leaves a part of the department."""
    whole = {c.code for c in connection.get_courses_by_department("CS", year="2018-2019")}
    found = {c.code for c in connection.get_courses_by_department("CS", box, year="2018-2019")}
    assert found <= whole


def test_everything_that_the_package_reads(connection: CourseConnection) -> None:
    for course in connection.get_courses_by_department("CS", year="2018-2019"):
        assert course.max_times_repeat >= 1
        assert course.max_units_repeat >= course.units_max
        assert course.course_id > 0
        assert course.academic_org
        assert {a.name for a in course.attributes} == {"NQTR"}
        for section in course.sections:
            assert section.class_id > 0
            assert section.units
            assert all(schedule.start_date for schedule in section.schedules)
    fresh = CourseConnection()
    try:
        (without_year,) = [
            c for c in fresh.get_courses_by_query("CS230") if (c.subject, c.code) == ("CS", "230")
        ]
    finally:
        fresh._session.close()
    assert without_year.year.count("-") == 1
