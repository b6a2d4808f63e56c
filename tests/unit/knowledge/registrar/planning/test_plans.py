"""Plans against an independent checker and, where every choice can be tried, the best choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from hypothesis import given, settings
from reference_points import points
from small_catalogue import (
    SPRING,
    STUDENT,
    WINTER,
    at,
    case,
    cases,
    choices,
    code,
    course,
    faults,
    section,
)

from knowledge.model.obstacles import OnHold, WindowOver
from knowledge.model.prerequisites import parse
from knowledge.model.programmes import Carrying, Listed, Requirement, UnitsIn
from knowledge.model.schedule import Day
from knowledge.model.students import Status
from knowledge.registrar.planning.candidates import candidates
from knowledge.registrar.planning.case import Bundle, PlanningCase, Wishes
from knowledge.registrar.planning.planner import plan
from knowledge.registrar.planning.plans import Infeasible, Plan
from knowledge.registrar.rules import Taken


def bundles(made: Plan | Infeasible) -> list[Bundle]:
    assert isinstance(made, Plan), made
    return [planned.bundle for term in made.terms for planned in term.courses]


def taken_by_term(made: Plan | Infeasible) -> dict[str, list[str]]:
    assert isinstance(made, Plan), made
    return {
        str(term.dates.term): [str(c.bundle.course.code) for c in term.courses]
        for term in made.terms
    }


@given(cases())
@settings(max_examples=150, deadline=None)
def test_a_plan_breaks_no_rule_and_is_found_when_there_is_one(planning: PlanningCase) -> None:
    made = plan(planning)
    if isinstance(made, Infeasible):
        assert choices(planning) == []
    else:
        assert faults(planning, bundles(made)) == []
        assert made.proven


@given(cases(most=4))
@settings(max_examples=120, deadline=None)
def test_no_other_choice_has_more_points(planning: PlanningCase) -> None:
    made = plan(planning)
    if isinstance(made, Infeasible):
        return
    useful = {candidate.course.course_id for candidate in candidates(planning)}
    possible = [
        picked
        for picked in choices(planning)
        if all(bundle.course.course_id in useful for bundle in picked)
    ]
    best = max(points(planning, picked) for picked in possible)
    assert points(planning, bundles(made)) == best


@given(cases(most=4))
@settings(max_examples=25, deadline=None)
def test_the_same_question_has_the_same_answer(planning: PlanningCase) -> None:
    first, second = plan(planning), plan(planning)
    if isinstance(first, Plan) and isinstance(second, Plan):
        assert bundles(first) == bundles(second)
    else:
        assert first == second


def test_what_is_needed_first_is_planned_first() -> None:
    courses = [course(1), course(2, needs=parse("TST1"))]
    sections = [
        section(n * 10 + place, n, term, at(8 + n))
        for n in (1, 2)
        for place, term in enumerate((WINTER, SPRING))
    ]
    assert taken_by_term(plan(case(courses, sections))) == {
        "Winter 2019": ["TST1"],
        "Spring 2019": ["TST2"],
    }


def test_what_a_wished_course_needs_is_planned_though_it_serves_nothing() -> None:
    courses = [course(1), course(2, needs=parse("TST1 concurrently")), course(3)]
    only = (Requirement("one", Listed(1, frozenset({code(3)}))),)
    sections = [section(10, 1, WINTER, at(9)), section(20, 2, WINTER, at(11))]
    wishes = Wishes(include=frozenset({code(2)}))
    made = plan(case(courses, sections, only, wishes=wishes))
    assert taken_by_term(made)["Winter 2019"] == ["TST1", "TST2"]


def test_an_enrolled_course_is_gone_around_and_counts() -> None:
    first, second = course(1), course(2, needs=parse("TST1 concurrently"))
    held = Taken(section(10, 1, WINTER, at(9)), first, Status.ENROLLED, 4)
    sections = [section(20, 2, WINTER, at(9)), section(21, 2, WINTER, at(11))]
    made = plan(case([first, second], sections, taken=(held,)))
    assert [b.lecture.class_id for b in bundles(made)] == [21]
    assert isinstance(made, Plan)
    assert made.terms[0].units == 8


def test_a_lecture_is_taken_with_the_lab_that_fits() -> None:
    lecture = section(10, 1, WINTER, at(9))
    labs = [section(11, 1, WINTER, at(13), parent=10), section(12, 1, WINTER, at(15), parent=10)]
    other = section(20, 2, WINTER, at(13))
    made = plan(case([course(1), course(2)], [lecture, *labs, other]))
    assert sorted(bundle.key for bundle in bundles(made)) == [(10, 12), (20, 0)]


def test_a_full_section_is_planned_only_for_who_would_wait() -> None:
    full = [section(10, 1, WINTER, at(9), enrolled=5, waitlist_capacity=3)]
    assert bundles(plan(case([course(1)], full))) == []
    made = plan(case([course(1)], full, wishes=Wishes(waitlists=True)))
    assert [bundle.free for bundle in bundles(made)] == [False]


def test_wishes_about_days_and_hours_choose_the_section() -> None:
    sections = [
        section(10, 1, WINTER, at(9, Day.MONDAY)),
        section(11, 1, WINTER, at(13, Day.FRIDAY)),
        section(12, 1, WINTER, at(13, Day.TUESDAY)),
    ]
    wishes = Wishes(earliest=time(10), days_off=frozenset({Day.FRIDAY}))
    assert [b.key for b in bundles(plan(case([course(1)], sections, wishes=wishes)))] == [(12, 0)]


def test_the_load_stays_near_the_target() -> None:
    courses = [course(n, 5) for n in range(1, 7)]
    sections = [section(n * 10, n, WINTER, at(8 + n)) for n in range(1, 7)]
    student = replace(STUDENT, max_units=22)
    made = plan(case(courses, sections, student=student))
    assert isinstance(made, Plan)
    assert [term.units for term in made.terms] == [15, 0]
    lighter = plan(case(courses, sections, student=student, wishes=Wishes(target=9, maximum=9)))
    assert isinstance(lighter, Plan)
    assert lighter.terms[0].units == 5


def test_a_course_counts_once_for_the_major_and_also_for_a_general_requirement() -> None:
    requirements = (
        Requirement("one", Listed(1, frozenset({code(1)}))),
        Requirement("units", UnitsIn(4, frozenset({"TST"}), 1, 9)),
        Requirement("social", Carrying(1, "WAY-SI"), overlaps=True),
    )
    courses = [course(1, requirements=("WAY-SI",)), course(2)]
    sections = [section(10, 1, WINTER, at(9)), section(20, 2, WINTER, at(11))]
    made = plan(case(courses, sections, requirements))
    assert isinstance(made, Plan)
    assert {c.bundle.course.course_id: c.serves for t in made.terms for c in t.courses} == {
        1: ("one", "social"),
        2: ("units",),
    }
    assert all(standing.remains == 0 for standing in made.standings)


def test_a_hold_and_a_closed_window_are_told_with_the_plan() -> None:
    student = replace(STUDENT, holds=("Fee",), window=(date(2018, 11, 1), date(2018, 11, 10)))
    made = plan(case([course(1)], [section(10, 1, WINTER, at(9))], student=student))
    assert isinstance(made, Plan)
    assert made.notes == (
        OnHold("", "Fee"),
        WindowOver("", "Winter", 2019, "2018-11-10"),
    )
