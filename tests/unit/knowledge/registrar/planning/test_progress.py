"""Which requirements are met, with which courses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from small_catalogue import code, course

from knowledge.model.programmes import Carrying, Listed, Programme, Requirement, UnitsIn
from knowledge.registrar.planning.progress import Standing, progress

TST = frozenset({"TST"})


def listed(name: str, count: int, *numbers: int) -> Requirement:
    return Requirement(name, Listed(count, frozenset(code(number) for number in numbers)))


def remains(*requirements: Requirement, courses) -> dict[str, int]:
    standings = progress(Programme("P", requirements), courses)
    return {standing.requirement.name: standing.remains for standing in standings}


def test_a_course_counts_once_in_the_major_and_moves_to_where_it_is_needed() -> None:
    wide, narrow = listed("wide", 1, 1, 2), listed("narrow", 1, 1)
    assert remains(wide, narrow, courses=[course(1)]) == {"wide": 0, "narrow": 1}
    assert remains(wide, narrow, courses=[course(1), course(2)]) == {"wide": 0, "narrow": 0}


def test_units_are_counted_in_the_range_alone() -> None:
    electives = Requirement("electives", UnitsIn(8, TST, 100, 199))
    courses = [course(99, 5), course(100, 5), course(199, 2), course(200, 5)]
    assert remains(electives, courses=courses) == {"electives": 1}


def test_general_requirements_count_what_the_major_counts_too() -> None:
    major = listed("major", 1, 1)
    social = Requirement("social", Carrying(2, "WAY-SI"), overlaps=True)
    courses = [course(1, requirements=("WAY-SI",)), course(2, requirements=("WAY-SI", "WAY-ED"))]
    assert remains(major, social, courses=courses) == {"major": 0, "social": 0}


def _units(units: int, low: int) -> UnitsIn:
    return UnitsIn(units, TST, low, 6)


requirements = st.lists(
    st.one_of(
        st.builds(
            lambda numbers: Listed(max(1, len(numbers) // 2), frozenset(map(code, numbers))),
            st.sets(st.integers(1, 6), min_size=1, max_size=4),
        ),
        st.builds(_units, st.integers(1, 9), st.integers(1, 6)),
    ),
    min_size=1,
    max_size=4,
).map(
    lambda rules: Programme("P", tuple(Requirement(str(i), rule) for i, rule in enumerate(rules)))
)
passed = st.sets(st.integers(1, 6)).map(
    lambda numbers: [course(number, 3 + number % 3) for number in sorted(numbers)]
)


@given(requirements, passed)
def test_no_course_counts_twice_and_none_where_it_does_not_belong(programme, courses) -> None:
    standings = progress(programme, courses)
    counted = [course.course_id for standing in standings for course in standing.courses]
    assert len(counted) == len(set(counted))
    for standing in standings:
        rule = standing.requirement.rule
        assert all(rule.accepts(course) for course in standing.courses)
        assert 0 <= standing.done <= rule.needed
        assert standing.done + standing.remains == rule.needed


@given(requirements, passed)
def test_another_course_never_sets_back_and_order_does_not_matter(programme, courses) -> None:
    counting = [r for r in programme.requirements if isinstance(r.rule, Listed)]
    only_courses = Programme("P", tuple(counting))
    full = _done(progress(only_courses, courses))
    assert _done(progress(only_courses, courses[:-1])) <= full
    assert progress(programme, courses) == progress(programme, courses[::-1])


def _done(standings: tuple[Standing, ...]) -> int:
    return sum(standing.done for standing in standings)
