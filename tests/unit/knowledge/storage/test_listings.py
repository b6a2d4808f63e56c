"""Lists for admins: every filter, pages that end, and words that are no patterns."""

from __future__ import annotations

import pytest

from knowledge.storage.listings.courses import CourseFilter, courses
from knowledge.storage.listings.pages import pattern
from knowledge.storage.listings.sections import SectionFilter, roster, sections
from knowledge.storage.listings.students import StudentFilter, students
from knowledge.storage.unit_of_work import UnitOfWork

WINTER_2019 = 1194


def test_courses_are_found_by_code_title_and_subject(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:

        def found(**wanted: str) -> list[str]:
            page = courses(work.session, CourseFilter(**wanted))
            return [str(listed.course.code) for listed in page.records]

        assert "CS106A" in found(text="cs 106 a")
        assert "CS106A" in found(text="programming method")
        assert found(text="no such thing") == []
        assert found(text="%") == []
        assert found(text="_") == []
        everything = set(found(subject="cs"))
        assert everything
        assert all(
            any(code.subject == "CS" for code in listed.course.codes)
            for listed in courses(work.session, CourseFilter(subject="CS")).records
        )
        graduate = courses(work.session, CourseFilter(level="graduate")).records
        assert {listed.course.level for listed in graduate} == {"graduate"}


@pytest.mark.parametrize(("rule", "has"), [("yes", True), ("no", False)])
def test_courses_are_found_by_their_rule(catalogue: UnitOfWork, rule: str, has: bool) -> None:
    with catalogue.read() as work:
        page = courses(work.session, CourseFilter(rule=rule))
    assert page.records
    assert {listed.course.prerequisites is not None for listed in page.records} == {has}


def test_pages_hold_every_course_once(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        first = courses(work.session, CourseFilter())
        seen = [
            str(listed.course.code)
            for number in range(1, first.pages + 1)
            for listed in courses(work.session, CourseFilter(), number).records
        ]
        last = courses(work.session, CourseFilter(), 10_000)
    assert len(seen) == len(set(seen)) == first.total
    assert seen == sorted(seen)
    assert last.number == first.pages


@pytest.mark.parametrize("seats", ["full", "free", "waiting", "cancelled"])
def test_sections_are_found_by_their_seats(catalogue: UnitOfWork, seats: str) -> None:
    tests = {
        "full": lambda s: s.enrolled >= s.capacity,
        "free": lambda s: s.enrolled < s.capacity,
        "waiting": lambda s: s.waitlisted > 0,
        "cancelled": lambda s: s.cancelled,
    }
    with catalogue.read() as work:
        page = sections(work.session, SectionFilter(seats=seats))
        expected = [s for s in work.catalogue.sections() if tests[seats](s)]
        for listed in page.records:
            assert listed.section == work.catalogue.section(listed.section.class_id)
    assert page.total == len(expected)


def test_sections_are_found_by_words_and_term(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        winter = sections(work.session, SectionFilter("CS106A", WINTER_2019)).records
        assert winter
        one = winter[0].section
        assert {str(listed.section.term) for listed in winter} == {"Winter 2019"}
        by_class = sections(work.session, SectionFilter(str(one.class_id))).records
        assert one.class_id in {listed.section.class_id for listed in by_class}
        taught = sections(work.session, SectionFilter(one.instructors[0])).records
        assert all(one.instructors[0] in listed.section.instructors for listed in taught)
        seated = roster(work.session, one.class_id)
    assert len(seated) == one.enrolled + one.waitlisted
    assert [s.status for s in seated] == sorted(s.status for s in seated)


def test_students_are_found_by_number_name_and_hold(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        held = students(work.session, StudentFilter(held=True))
        expected = [s for s in work.students.all() if s.holds]
        one = students(work.session, StudentFilter("05990001")).records
        named = students(work.session, StudentFilter(one[0].student.name.upper())).records
    assert held.total == len(expected) > 0
    assert [listed.student.suid for listed in one] == ["05990001"]
    assert one[0].student in [listed.student for listed in named]


def test_a_pattern_escapes_its_own_signs() -> None:
    assert pattern(" 50%_\\ ") == "%50\\%\\_\\\\%"
