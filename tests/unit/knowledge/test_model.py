"""Codes, terms, schedules and prerequisites, with properties."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import InvalidCode, InvalidPrerequisite, InvalidSuid
from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Both, Either, Record, Requires, missing, parse
from knowledge.model.schedule import Day, Meeting, clash
from knowledge.model.students import Principal, Role, normalise_suid
from knowledge.model.terms import AcademicCalendar, Quarter, Term, TermDates

codes = st.builds(
    CourseCode,
    st.sampled_from(["CS", "MATH", "MS&E", "HISTORY"]),
    st.integers(1, 999),
    st.sampled_from(["", "A", "N", "SI"]),
)
trees = st.recursive(
    st.builds(Requires, codes, st.booleans()),
    lambda inner: st.one_of(
        st.builds(Both, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("text", ["CS106A", "cs 106 a", "Cs-106A", " CS 106A "])
def test_a_code_is_read_however_it_is_typed(text: str) -> None:
    assert str(CourseCode.parse(text)) == "CS106A"


@given(codes)
def test_a_code_reads_back(code: CourseCode) -> None:
    assert CourseCode.parse(str(code)) == code


@pytest.mark.parametrize("text", ["", "106A", "CS", "CS1066A1", "DROP TABLE"])
def test_other_texts_are_no_codes(text: str) -> None:
    with pytest.raises(InvalidCode):
        CourseCode.parse(text)


def test_a_code_of_four_digits_stands_in_catalogues_but_is_not_read_from_talk() -> None:
    assert str(CourseCode.listed("LAW7001")) == "LAW7001"
    assert str(parse("LAW7001 or LAW 7002A")) == "LAW7001 or LAW7002A"
    for said in ("LAW7001", "winter 2019"):
        with pytest.raises(InvalidCode):
            CourseCode.parse(said)


def test_a_suid_of_seven_digits_is_padded() -> None:
    assert normalise_suid("555 1234") == "05551234"
    with pytest.raises(InvalidSuid):
        normalise_suid("123456789")


def test_only_the_student_a_service_or_an_admin_acts_for_a_student() -> None:
    assert Principal("05551234", Role.STUDENT).may_act_for("05551234")
    assert not Principal("05551235", Role.STUDENT).may_act_for("05551234")
    assert not Principal("", Role.ANONYMOUS).may_act_for("")
    assert Principal("actions", Role.SERVICE).may_act_for("05551234")


def test_the_term_id_of_explorecourses() -> None:
    assert Term(Quarter.AUTUMN, 2018).term_id == 1192
    assert Term(Quarter.SUMMER, 2019).term_id == 1198


@given(st.sampled_from(list(Quarter)), st.integers(2001, 2098))
def test_terms_follow_one_another(quarter: Quarter, year: int) -> None:
    term = Term(quarter, year)
    assert term < term.next
    assert term.next.term_id - term.term_id in (2, 4)


def test_the_calendar_knows_the_running_and_the_next_term() -> None:
    def dates(quarter: Quarter, year: int, starts: date, ends: date) -> TermDates:
        return TermDates(Term(quarter, year), starts, ends, starts, ends, ends)

    calendar = AcademicCalendar.of(
        [
            dates(Quarter.WINTER, 2019, date(2019, 1, 7), date(2019, 3, 22)),
            dates(Quarter.AUTUMN, 2018, date(2018, 9, 24), date(2018, 12, 14)),
        ]
    )
    autumn, winter = calendar.terms
    assert calendar.current(date(2018, 11, 15)) == autumn
    assert calendar.following(date(2018, 11, 15)) == winter
    assert calendar.current(date(2018, 12, 25)) == winter
    assert calendar.upcoming(Quarter.AUTUMN, date(2019, 1, 1)) is None


def _meeting(days: str, start: int, end: int) -> Meeting:
    held = frozenset(Day(int(day)) for day in days)
    return Meeting(held, time(start // 60, start % 60), time(end // 60, end % 60))


@given(st.integers(0, 1300), st.integers(1, 90), st.integers(0, 1300), st.integers(1, 90))
def test_clashing_is_symmetric_and_means_a_common_minute(a: int, n: int, b: int, m: int) -> None:
    one, other = _meeting("24", a, a + n), _meeting("46", b, b + m)
    common = set(range(a, a + n)) & set(range(b, b + m))
    assert clash([one], [other]) == clash([other], [one]) == bool(common)
    assert not clash([one], [_meeting("35", a, a + n)])


@given(trees)
def test_a_written_tree_reads_back(tree) -> None:
    again = parse(str(tree))
    assert str(again) == str(parse(str(again)))


@given(trees, st.frozensets(codes, max_size=4))
def test_nothing_is_missing_exactly_when_the_tree_is_met(tree, done) -> None:
    record = Record(completed=done)
    assert (missing(tree, record) is None) == tree.met(record)


def test_only_the_unmet_part_is_missing() -> None:
    tree = parse("CS106B and (CS103 or MATH51)")
    record = Record(frozenset({CourseCode.parse("CS106B")}))
    assert str(missing(tree, record)) == "CS103 or MATH51"


@pytest.mark.parametrize("text", ["", "and", "CS106A or", "(CS106A", "CS106A CS106B", "CS106A)"])
def test_a_faulty_prerequisite_names_its_place(text: str) -> None:
    with pytest.raises(InvalidPrerequisite) as fault:
        parse(text)
    assert 0 <= fault.value.position <= len(text)
