""" "Why not?": each reason is a real conflict, a smallest one, and there is one when no plan is."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from hypothesis import assume, given, settings
from small_catalogue import SPRING, STUDENT, WINTER, at, case, cases, choices, code, course, section

from knowledge.model.obstacles import (
    AlreadyIn,
    Clash,
    Completed,
    NeedsConsent,
    NeedsFirst,
    NoSeat,
    NotOffered,
    Obstacle,
    OnHold,
    OverUnits,
    UnwantedDay,
    UnwantedTime,
    obstacle,
)
from knowledge.model.prerequisites import parse
from knowledge.model.schedule import Day
from knowledge.model.students import Status
from knowledge.registrar.planning.case import PlanningCase, Wishes
from knowledge.registrar.planning.explaining import Question, reasons_against
from knowledge.registrar.rules import Taken


def wished(planning: PlanningCase):
    found = (planning.course_of(each) for each in sorted(planning.wishes.include))
    return tuple(each for each in found if each is not None)


def facts(planning: PlanningCase, number: int) -> list[list[Obstacle]]:
    wanted = planning.courses[number]
    asked = replace(planning, wishes=replace(planning.wishes, include=frozenset({wanted.code})))
    return [list(reason.facts) for reason in reasons_against(asked, (wanted,))]


@given(cases(most=4))
@settings(max_examples=80, deadline=None)
def test_there_are_reasons_exactly_when_no_choice_holds_the_wish(planning: PlanningCase) -> None:
    assume(planning.wishes.include)
    assert bool(reasons_against(planning, wished(planning))) == (not choices(planning))


@given(cases(most=4))
@settings(max_examples=80, deadline=None)
def test_a_reason_is_a_conflict_and_none_of_its_facts_can_be_spared(planning: PlanningCase) -> None:
    assume(planning.wishes.include)
    for reason in reasons_against(planning, wished(planning)):
        assert len(set(reason.facts)) == len(reason.facts) > 0
        fresh = Question(planning, wished(planning))
        assert fresh.conflict(reason.facts) is not None
        for spared in reason.facts:
            others = [fact for fact in reason.facts if fact != spared]
            assert fresh.conflict(others) is None, spared


def test_missing_prerequisites_and_the_term_it_is_not_taught_in() -> None:
    planning = case([course(1), course(2, needs=parse("TST1"))], [section(20, 2, WINTER, at(9))])
    (only,) = facts(planning, 2)
    assert set(only) == {NeedsFirst("TST2", "TST1"), NotOffered("TST2", "Spring", 2019)}


def test_a_prerequisite_that_can_be_planned_first_is_no_obstacle() -> None:
    courses = [course(1), course(2, needs=parse("TST1"))]
    planning = case(courses, [section(10, 1, WINTER, at(9)), section(20, 2, SPRING, at(9))])
    assert facts(planning, 2) == []


def test_a_clash_with_what_is_taken() -> None:
    held = Taken(section(10, 1, WINTER, at(9)), course(1), Status.ENROLLED, 4)
    planning = case([course(1), course(2)], [section(20, 2, WINTER, at(9))], taken=(held,))
    (only,) = facts(planning, 2)
    assert set(only) == {
        Clash("TST2", "TST1", "Winter", 2019),
        NotOffered("TST2", "Spring", 2019),
    }


def test_the_unit_limit_with_what_is_taken() -> None:
    held = Taken(section(10, 1, WINTER, at(9)), course(1, 5), Status.ENROLLED, 5)
    student = replace(STUDENT, max_units=8)
    sections = [section(20, 2, WINTER, at(11))]
    planning = case([course(1, 5), course(2)], sections, student=student, taken=(held,))
    (only,) = facts(planning, 2)
    assert OverUnits("TST2", "Winter", 2019, 8, 5) in only


def test_every_way_in_has_its_own_obstacle() -> None:
    sections = [
        section(10, 1, WINTER, at(9), enrolled=5),
        section(11, 1, WINTER, at(13), add_consent=True),
        section(12, 1, SPRING, at(9, Day.FRIDAY)),
        section(13, 1, SPRING, at(9, Day.MONDAY)),
    ]
    wishes = Wishes(days_off=frozenset({Day.FRIDAY}), earliest=time(10))
    (only,) = facts(case([course(1)], sections, wishes=wishes), 1)
    assert {type(fact) for fact in only} <= {NoSeat, NeedsConsent, UnwantedDay, UnwantedTime}
    assert {(fact.quarter, fact.year) for fact in only} == {("Winter", 2019), ("Spring", 2019)}


def test_passed_and_taken_courses_are_told_as_such() -> None:
    done = replace(STUDENT, completed=frozenset({code(1)}))
    sections = [section(10, 1, WINTER, at(9))]
    assert facts(case([course(1)], sections, student=done), 1) == [[Completed("TST1")]]
    held = Taken(section(11, 1, WINTER, at(9)), course(1), Status.WAITLISTED, 4)
    taken = case([course(1)], sections, taken=(held,))
    assert facts(taken, 1) == [[AlreadyIn("TST1", "Winter", 2019)]]


def test_a_second_reason_is_told_beside_a_hold() -> None:
    student = replace(STUDENT, holds=("Fee",))
    courses = [course(1), course(2, needs=parse("TST1 or consent"))]
    sections = [section(20 + t, 2, term, at(9)) for t, term in enumerate((WINTER, SPRING))]
    told = facts(case(courses, sections, student=student), 2)
    assert told[0] == [OnHold("TST2", "Fee")]
    assert set(told[1]) == {
        NeedsFirst("TST2", "TST1 or consent"),
        NotOffered("TST1", "Winter", 2019),
    }


def test_facts_come_back_from_json() -> None:
    for kind in Obstacle.__subclasses__():
        names = [name for name in kind.__dataclass_fields__ if name != "kind"]
        fact = kind(**{name: 5 if name in ("year", "limit", "taken") else name for name in names})
        assert obstacle(fact.to_json()) == fact
