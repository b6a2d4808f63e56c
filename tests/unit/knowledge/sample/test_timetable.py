"""Properties of the timetable builder over random departments, sizes and seeds."""

from __future__ import annotations

import itertools
import random
from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Department, Level, Section
from knowledge.model.schedule import Day, clash
from knowledge.model.terms import Quarter, Term
from knowledge.sample.courses import Offered
from knowledge.sample.timetable import CAPACITY, TermTimetable, in_laying_order

SPRING = Term(Quarter.SPRING, 2019)
STAFF = {subject: [f"{subject} {n}" for n in range(6)] for subject in ("CS", "HISTORY", "MATH")}


def _offered(code: str, size: str, number: int, cross: str = "") -> Offered:
    listed = tuple(CourseCode.parse(c) for c in (code, cross) if c)
    course = Course(number, listed, code, "", 3, 5, 5, Level.UNDERGRADUATE)
    subject = listed[0].subject
    return Offered(Department(subject, subject, "S"), course, ("Spring",), None, size)


@st.composite
def departments(draw: st.DrawFn) -> list[Offered]:
    """A few dozen courses of three subjects, always with the lecture's own examples."""
    count = draw(st.integers(0, 30))
    sizes = st.sampled_from(["small", "medium", "large", "huge"])
    drawn = [
        _offered(f"{draw(st.sampled_from(sorted(STAFF)))}{300 + n}", draw(sizes), 10 + n)
        for n in range(count)
    ]
    examples = [
        _offered("CS106A", "huge", 1),
        _offered("CS230", "large", 2),
        _offered("CS229", "large", 3),
        _offered("MATH51", "huge", 4),
    ]
    return [*drawn, *examples]


def _lay(offered: list[Offered], seed: int) -> list[Section]:
    timetable = TermTimetable(SPRING, random.Random(seed), 50_000, STAFF)
    for item in in_laying_order(offered):
        timetable.add(item)
    return timetable.sections


@settings(max_examples=40, deadline=None)
@given(departments(), st.integers(0, 1000))
def test_the_same_seed_lays_the_same_sections(offered: list[Offered], seed: int) -> None:
    assert _lay(offered, seed) == _lay(offered, seed)


@settings(max_examples=40, deadline=None)
@given(departments(), st.integers(0, 1000))
def test_class_ids_count_up_and_every_course_is_laid(offered: list[Offered], seed: int) -> None:
    sections = _lay(offered, seed)
    assert [s.class_id for s in sections] == list(range(50_000, 50_000 + len(sections)))
    assert {s.course_id for s in sections} == {item.course.course_id for item in offered}
    assert {s.term for s in sections} == {SPRING}


@settings(max_examples=40, deadline=None)
@given(departments(), st.integers(0, 1000))
def test_meetings_lie_in_the_working_week(offered: list[Offered], seed: int) -> None:
    for section in _lay(offered, seed):
        (meeting,) = section.meetings
        assert time(8, 30) <= meeting.start < meeting.end <= time(21, 30)
        assert meeting.days <= {Day(day) for day in range(2, 7)}
        assert meeting.room
        lasting = (meeting.end.hour - meeting.start.hour) * 60 + meeting.end.minute
        lasting -= meeting.start.minute
        assert (len(meeting.days), lasting) in {(3, 50), (2, 80), (1, 110)}


@settings(max_examples=40, deadline=None)
@given(departments(), st.integers(0, 1000))
def test_teachers_and_the_open_group_do_not_clash(offered: list[Offered], seed: int) -> None:
    sections = _lay([item for item in offered if item.department.code != "HISTORY"], seed)
    for one, other in itertools.combinations(sections, 2):
        same_teacher = one.instructors == other.instructors
        both_open = {str(one.code), str(other.code)} <= {"CS106A", "CS230", "CS229"}
        if same_teacher or both_open:
            assert not clash(one.meetings, other.meetings), (one.code, other.code)


@settings(max_examples=40, deadline=None)
@given(departments(), st.integers(0, 1000))
def test_seats_follow_the_size(offered: list[Offered], seed: int) -> None:
    sizes = {item.course.course_id: item.size for item in offered}
    for section in _lay(offered, seed):
        assert 12 <= section.capacity <= CAPACITY[sizes[section.course_id]]
        assert section.waitlist_capacity >= 5
        assert section.instructors[0] in STAFF[section.code.subject]
    sections = _lay(offered, seed)
    assert [s.number for s in sections if str(s.code) == "MATH51"] == ["01", "02", "03"]
    assert sum(str(s.code) == "CS106A" for s in sections) == 1


def test_a_history_seminar_keeps_clear_of_the_examples_also_when_cross_listed() -> None:
    guests = [_offered(f"MATH{n}", "small", 20 + n, cross=f"HISTORY{n}") for n in range(10, 16)]
    sections = _lay([*guests, _offered("CS106A", "huge", 1), _offered("CS230", "large", 2)], 7)
    pairs = itertools.combinations(sections, 2)
    assert [(a.code, b.code) for a, b in pairs if clash(a.meetings, b.meetings)] == []


def test_the_open_group_is_laid_first_and_its_lectures_before_its_seminars() -> None:
    plain, history = _offered("MATH52", "large", 5), _offered("HISTORY102", "small", 6)
    crossed = _offered("MATH10", "small", 7, cross="HISTORY10")
    example = _offered("CS229", "large", 8)
    order = in_laying_order([plain, history, crossed, example])
    assert order == [example, history, crossed, plain]
