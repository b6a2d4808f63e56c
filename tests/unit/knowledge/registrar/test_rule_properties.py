"""Properties of the enrollment rules over random students, courses and schedules."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge import errors
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Grading, Level, Section
from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires
from knowledge.model.schedule import Day, Meeting, clash
from knowledge.model.students import Status, Student
from knowledge.model.terms import Quarter, Term, TermDates
from knowledge.registrar.rules import Case, Taken, Wish, judge, judge_drop, problems

WINTER = Term(Quarter.WINTER, 2019)
FIRST = date(2018, 10, 1)
DATES = TermDates(
    WINTER,
    starts=date(2019, 1, 7),
    ends=date(2019, 3, 22),
    enroll_opens=date(2018, 10, 28),
    enroll_closes=date(2019, 1, 25),
    drop_by=date(2019, 3, 1),
)
_ORDER = (
    ("term-over", "window-not-open", "window-closed"),
    *(("enrollment-hold",), ("already-enrolled",), ("already-completed",)),
    ("prerequisite-missing", "consent-required"),
    ("units-not-offered",),
    ("grading-not-offered",),
    *(("unit-limit-exceeded",), ("time-conflict",), ("section-full",)),
)
RANK = {slug: rank for rank, slugs in enumerate(_ORDER) for slug in slugs}

codes = st.builds(CourseCode, st.sampled_from(["ALG", "BIO"]), st.integers(1, 4))
trees: st.SearchStrategy[Prerequisite] = st.recursive(
    st.one_of(st.builds(Requires, codes, st.booleans()), st.just(Consent())),
    lambda inner: st.one_of(
        st.builds(Both, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=4,
)
days = st.dates(FIRST, date(2019, 4, 30))
meetings = st.builds(
    lambda on, hour, length: Meeting(on, time(hour), time(hour + length)),
    st.frozensets(st.sampled_from([Day.MONDAY, Day.TUESDAY]), min_size=1),
    st.integers(8, 12),
    st.integers(1, 3),
)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    listed = tuple(draw(st.lists(codes, min_size=1, max_size=2, unique=True)))
    low = draw(st.integers(1, 4))
    high = draw(st.integers(low, 5))
    return Course(
        draw(st.integers(1, 5)),
        listed,
        "",
        "",
        low,
        high,
        draw(st.integers(low, high)),
        Level.UNDERGRADUATE,
        repeatable=draw(st.booleans()),
        prerequisites=draw(st.none() | trees),
    )


@st.composite
def sections(draw: st.DrawFn, course: Course, term: Term) -> Section:
    return Section(
        draw(st.integers(1, 999)),
        course.course_id,
        course.code,
        term,
        "01",
        "LEC",
        tuple(draw(st.lists(meetings, max_size=2))),
        (),
        capacity=draw(st.integers(0, 3)),
        waitlist_capacity=draw(st.integers(0, 2)),
        enrolled=draw(st.integers(0, 3)),
        waitlisted=draw(st.integers(0, 2)),
    )


@st.composite
def taken(draw: st.DrawFn) -> Taken:
    course = draw(courses())
    term = draw(st.sampled_from([WINTER, Term(Quarter.AUTUMN, 2018), Term(Quarter.SPRING, 2019)]))
    section, status = draw(sections(course, term)), draw(st.sampled_from(Status))
    return Taken(section, course, status, draw(st.integers(1, 5)))


@st.composite
def students(draw: st.DrawFn) -> Student:
    window = draw(st.none() | st.tuples(days, days).map(lambda pair: (min(pair), max(pair))))
    return Student(
        "05550001",
        "",
        "",
        draw(st.frozensets(codes, max_size=3)),
        completed_all=draw(st.booleans()),
        max_units=draw(st.integers(0, 20)),
        holds=tuple(draw(st.lists(st.just("fee"), max_size=1))),
        window=window,
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    course = draw(courses())
    wish = Wish(
        draw(st.none() | st.integers(0, 6)),
        draw(st.none() | st.sampled_from(Grading)),
        draw(st.booleans()),
    )
    others = tuple(draw(st.lists(taken(), max_size=3)))
    section = draw(sections(course, WINTER))
    return Case(draw(students()), section, course, DATES, others, draw(days), wish)


def _slugs(case: Case) -> list[str]:
    return [problem.problem for problem in problems(case)]


@given(cases())
def test_the_verdict_is_the_first_reason_or_a_seat(case: Case) -> None:
    reasons = _slugs(case)
    free = case.section.seats_left > 0 and case.section.waitlisted == 0
    verdict = _verdict(case)
    if reasons:
        assert verdict == reasons[0]
    elif free:
        assert verdict is Status.ENROLLED
    else:
        assert verdict == (Status.WAITLISTED if case.wish.accept_waitlist else "section-full")


def _verdict(case: Case) -> Status | str:
    try:
        return judge(case)
    except errors.QuadError as error:
        return error.problem


@given(cases())
def test_reasons_come_in_the_registrars_order(case: Case) -> None:
    ranks = [RANK[slug] for slug in _slugs(case)]
    assert ranks == sorted(ranks)


@given(cases())
def test_at_most_one_reason_is_about_dates_and_it_is_the_right_one(case: Case) -> None:
    opens, closes = case.student.window or (DATES.enroll_opens, DATES.enroll_closes)
    about_dates = [slug for slug in _slugs(case) if RANK[slug] == 0]
    if case.today > DATES.ends:
        assert about_dates == ["term-over"]
    elif opens <= case.today <= closes:
        assert about_dates == []
    else:
        assert about_dates == ["window-not-open" if case.today < opens else "window-closed"]


@given(cases())
def test_clashes_are_told_for_every_other_course_of_the_term(case: Case) -> None:
    told = {e.other_class_id for e in problems(case) if isinstance(e, errors.TimeConflict)}
    assert told == {
        t.section.class_id
        for t in case.taken
        if t.section.term == WINTER
        and t.course.course_id != case.course.course_id
        and clash(t.section.meetings, case.section.meetings)
    }


@given(cases())
def test_units_over_the_cap_are_told_exactly(case: Case) -> None:
    current = sum(t.units for t in case.taken if t.section.term == WINTER)
    asked = case.wish.units_for(case.course)
    told = [e for e in problems(case) if isinstance(e, errors.UnitLimitExceeded)]
    assert bool(told) == (current + asked > case.student.max_units)
    for fact in told:
        assert (fact.current, fact.units, fact.limit) == (current, asked, case.student.max_units)


@given(cases(), st.frozensets(codes, max_size=3))
def test_more_courses_passed_never_close_a_prerequisite(
    case: Case, more: frozenset[CourseCode]
) -> None:
    def unmet(of: Case) -> bool:
        return any(RANK[slug] == RANK["prerequisite-missing"] for slug in _slugs(of))

    richer = replace(case.student, completed=case.student.completed | more)
    assert unmet(case) or not unmet(replace(case, student=richer))
    assert not unmet(replace(case, student=replace(case.student, completed_all=True)))


@given(cases())
def test_what_is_given_up_never_adds_a_reason_but_what_it_was_needed_for(case: Case) -> None:
    assume(case.taken)
    without = _slugs(replace(case, taken=case.taken[1:]))
    needed = {"prerequisite-missing", "consent-required"}
    assert set(without) - needed <= set(_slugs(case))


@given(cases())
def test_waiting_is_only_a_matter_of_seats(case: Case) -> None:
    asked = replace(case, wish=replace(case.wish, accept_waitlist=False))
    assert _slugs(asked) == _slugs(replace(case, wish=replace(case.wish, accept_waitlist=True)))


@given(taken(), days)
def test_a_drop_is_a_matter_of_dates(given_up: Taken, today: date) -> None:
    over = today > DATES.ends
    late = given_up.status is Status.ENROLLED and today > DATES.drop_by
    with _refusal(errors.TermOver if over else errors.DropDeadlinePassed if late else None):
        judge_drop(given_up, DATES, today)


def _refusal(kind: type[errors.QuadError] | None) -> AbstractContextManager[object]:
    return pytest.raises(kind) if kind else nullcontext()


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (DATES.enroll_opens - timedelta(1), "window-not-open"),
        (DATES.enroll_opens, None),
        (DATES.enroll_closes, None),
        (DATES.enroll_closes + timedelta(1), "window-closed"),
        (DATES.ends, "window-closed"),
        (DATES.ends + timedelta(1), "term-over"),
    ],
)
def test_first_and_last_days_belong_to_the_window(day: date, refusal: str | None) -> None:
    course = Course(1, (CourseCode("ALG", 1),), "", "", 4, 4, 4, Level.UNDERGRADUATE)
    section = Section(1, 1, course.code, WINTER, "01", "LEC", (), (), 1, 0)
    case = Case(Student("05550001", "", ""), section, course, DATES, (), day)
    assert _slugs(case) == ([refusal] if refusal else [])
