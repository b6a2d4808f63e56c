"""The enrollment rules, each fact by itself, and properties over random cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import errors
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Grading, Level, Section
from knowledge.model.prerequisites import parse
from knowledge.model.schedule import Day, Meeting
from knowledge.model.students import Status, Student
from knowledge.model.terms import Quarter, Term, TermDates
from knowledge.registrar.rules import Case, Taken, Wish, judge, judge_drop

WINTER = Term(Quarter.WINTER, 2019)
DATES = TermDates(
    WINTER,
    starts=date(2019, 1, 7),
    ends=date(2019, 3, 22),
    enroll_opens=date(2018, 10, 28),
    enroll_closes=date(2019, 1, 25),
    drop_by=date(2019, 3, 1),
)
TODAY = date(2018, 11, 15)


def course(code: str = "CS106B", number: int = 1, **more: object) -> Course:
    base = Course(number, (CourseCode.parse(code),), code, "", 3, 5, 5, Level.UNDERGRADUATE)
    return replace(base, **more)


def section(of: Course, start: int = 10, **more: object) -> Section:
    meeting = Meeting(frozenset({Day.MONDAY}), time(start), time(start, 50))
    base = Section(
        100 + of.course_id, of.course_id, of.code, WINTER, "01", "LEC", (meeting,), (), 2, 1
    )
    return replace(base, **more)


def case(**more: object) -> Case:
    wanted = more.pop("course", course())
    base = Case(
        Student("05551234", "A", "Undeclared"),
        section(wanted),
        wanted,
        DATES,
        (),
        TODAY,
    )
    return replace(base, **more)


def taken(of: Course, start: int = 14, status: Status = Status.ENROLLED) -> Taken:
    return Taken(section(of, start), of, status, 5)


def test_a_plain_wish_is_granted() -> None:
    assert judge(case()) is Status.ENROLLED


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ({"today": date(2019, 4, 1)}, errors.TermOver),
        ({"today": date(2018, 10, 1)}, errors.WindowNotOpen),
        ({"today": date(2019, 2, 1)}, errors.WindowClosed),
        ({"student": Student("1", "A", "", holds=("fee",))}, errors.EnrollmentHold),
        ({"taken": (taken(course()),)}, errors.AlreadyEnrolled),
        (
            {"student": Student("1", "A", "", frozenset({CourseCode.parse("CS106B")}))},
            errors.AlreadyCompleted,
        ),
        ({"course": course(prerequisites=parse("CS106A"))}, errors.PrerequisiteMissing),
        ({"course": course(prerequisites=parse("consent"))}, errors.ConsentRequired),
        ({"wish": Wish(units=9)}, errors.UnitsNotOffered),
        ({"wish": Wish(grading=Grading.SATISFACTORY)}, errors.GradingNotOffered),
        ({"student": Student("1", "A", "", max_units=4)}, errors.UnitLimitExceeded),
        ({"taken": (taken(course("MATH51", 2), start=10),)}, errors.TimeConflict),
    ],
)
def test_each_fact_stands_against(changed: dict, fact: type[errors.QuadError]) -> None:
    with pytest.raises(fact):
        judge(case(**changed))


def test_a_full_section_tells_whether_one_can_wait() -> None:
    full = section(course(), enrolled=2)
    with pytest.raises(errors.SectionFull) as fact:
        judge(case(section=full))
    assert fact.value.waitlist_open
    assert judge(case(section=full, wish=Wish(accept_waitlist=True))) is Status.WAITLISTED
    with pytest.raises(errors.SectionFull) as fact:
        judge(case(section=replace(full, waitlisted=1), wish=Wish(accept_waitlist=True)))
    assert not fact.value.waitlist_open


def test_nobody_overtakes_the_waitlist() -> None:
    with pytest.raises(errors.SectionFull):
        judge(case(section=section(course(), enrolled=1, waitlisted=1, waitlist_capacity=5)))


def test_a_window_of_ones_own_replaces_the_terms() -> None:
    own = Student("1", "A", "", window=(date(2019, 2, 1), date(2019, 2, 2)))
    with pytest.raises(errors.WindowNotOpen):
        judge(case(student=own))
    assert judge(case(student=own, today=date(2019, 2, 1))) is Status.ENROLLED


def test_a_course_in_progress_in_an_earlier_term_counts() -> None:
    earlier = course("CS106A", 2)
    autumn = replace(section(earlier), term=Term(Quarter.AUTUMN, 2018))
    wanted = course(prerequisites=parse("CS106A"))
    running = Taken(autumn, earlier, Status.ENROLLED, 5)
    assert judge(case(course=wanted, section=section(wanted), taken=(running,)))


def test_a_cross_listing_is_the_same_course() -> None:
    listed = course(codes=(CourseCode.parse("CS124"), CourseCode.parse("LINGUIST180")))
    done = Student("1", "A", "", frozenset({CourseCode.parse("LINGUIST180")}))
    with pytest.raises(errors.AlreadyCompleted):
        judge(case(course=listed, section=section(listed), student=done))


def test_a_waitlist_place_can_be_given_up_late_but_a_seat_cannot() -> None:
    late = date(2019, 3, 10)
    judge_drop(taken(course(), status=Status.WAITLISTED), DATES, late)
    with pytest.raises(errors.DropDeadlinePassed):
        judge_drop(taken(course()), DATES, late)
    with pytest.raises(errors.TermOver):
        judge_drop(taken(course()), DATES, date(2019, 4, 1))


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3), st.booleans())
def test_seats_are_never_promised_twice(
    capacity: int, enrolled: int, waiting: int, accept: bool
) -> None:
    wanted = section(
        course(), capacity=capacity, enrolled=enrolled, waitlisted=waiting, waitlist_capacity=3
    )
    try:
        status = judge(case(section=wanted, wish=Wish(accept_waitlist=accept)))
    except errors.SectionFull:
        assert not accept or waiting >= 3 or capacity > enrolled
        return
    if status is Status.ENROLLED:
        assert enrolled < capacity
        assert waiting == 0
    else:
        assert accept
