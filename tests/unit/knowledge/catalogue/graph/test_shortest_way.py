"""The shortest way: alternatives, shared courses, concurrency, cycles, consent."""

from __future__ import annotations

from itertools import combinations

import pytest
from graph_catalogue import codes, of_needs
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue.graph.before import routes
from knowledge.catalogue.graph.route import Route
from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.standing import Standing
from knowledge.catalogue.index import CatalogueIndex
from knowledge.model.codes import CourseCode
from knowledge.model.prerequisites import Record

C1, C2, C3, C4, C5, C9 = codes("CS1 CS2 CS3 CS4 CS5 CS9")


def _route(needs: dict[str, str], done: str = "", target: CourseCode = C9) -> Route | None:
    found = of_needs(needs)
    taught = frozenset(found.courses)
    return routes(found, Standing.of(found, codes(done)), taught).to(target)


def test_no_prerequisites_no_way_to_go() -> None:
    assert _route({"CS9": ""}) == Route()


def test_a_chain_quarter_by_quarter() -> None:
    route = _route({"CS9": "CS2", "CS2": "CS1", "CS1": ""})
    assert route is not None
    assert route.quarters == ((C1,), (C2,))


def test_the_shorter_alternative_is_taken() -> None:
    route = _route({"CS9": "CS3 or CS2", "CS3": "", "CS2": "CS1", "CS1": ""})
    assert route is not None
    assert route.quarters == ((C3,),)


def test_a_course_that_serves_twice_beats_two_cheaper_ones() -> None:
    needs = {"CS9": "(CS1 or CS3) and (CS2 or CS3)", "CS1": "", "CS2": "", "CS3": ""}
    assert _route(needs) == Route(((C3,),))


def test_what_is_done_is_not_on_the_way() -> None:
    route = _route({"CS9": "CS2 and CS3", "CS2": "CS1", "CS1": "", "CS3": ""}, done="CS2")
    assert route == Route(((C3,),))


def test_concurrent_courses_share_a_quarter() -> None:
    route = _route({"CS9": "CS2", "CS2": "CS1 concurrently", "CS1": ""})
    assert route == Route(((C1, C2),))


def test_courses_that_need_each_other_beside_them_go_together() -> None:
    route = _route({"CS9": "CS1", "CS1": "CS2 concurrently", "CS2": "CS1 concurrently"})
    assert route == Route(((C1, C2),))


def test_a_cycle_has_no_way_and_ends() -> None:
    assert _route({"CS9": "CS1", "CS1": "CS2", "CS2": "CS1"}) is None
    assert _route({"CS9": "CS9"}) is None
    assert _route({"CS9": "CS1", "CS1": "CS9"}) is None


def test_a_way_around_a_cycle_is_found() -> None:
    needs = {"CS9": "CS1", "CS1": "CS2", "CS2": "CS1 or CS3", "CS3": ""}
    assert _route(needs) == Route(((C3,), (C2,), (C1,)))


def test_consent_only_when_there_is_no_course() -> None:
    assert _route({"CS9": "CS1 or consent", "CS1": ""}) == Route(((C1,),))
    assert _route({"CS9": "consent"}) == Route((), (C9,))
    assert _route({"CS9": "CS1 and consent", "CS1": ""}) == Route(((C1,),), (C9,))


def test_cross_listings_are_one_course() -> None:
    found = of_needs({"CS9": "CS2", "CS2": ""})
    standing = Standing(listings={C2: frozenset({C2, C5}), C5: frozenset({C2, C5})}).having([C5])
    assert routes(found, standing, frozenset(found.courses)).to(C9) == Route()


def test_what_is_still_taught_is_preferred() -> None:
    found = of_needs({"CS9": "CS1 or CS2", "CS1": "", "CS2": ""})
    taught = frozenset(key for key, each in found.courses.items() if each.code != C1)
    assert routes(found, Standing(), taught).to(C9) == Route(((C2,),))


def test_without_a_course_there_may_be_no_way() -> None:
    found = of_needs({"CS9": "CS1 and (CS2 or CS3)", "CS1": "", "CS2": "", "CS3": ""})
    taught = frozenset(found.courses)
    assert routes(found, Standing(), taught, frozenset({C1})).to(C9) is None
    assert routes(found, Standing(), taught, frozenset({C2})).to(C9) == Route(((C1, C3),))


def test_who_has_everything_met_need_not_go_anywhere() -> None:
    found = of_needs({"CS9": "CS1 and consent", "CS1": ""})
    assert routes(found, Standing(all_met=True), frozenset()).to(C9) == Route()


def test_a_wide_tangle_ends_with_some_way() -> None:
    """Fourteen pairs of alternatives: more sets than the search looks at."""
    needs = {"CS9": " and ".join(f"(MATH{n} or STATS{n})" for n in range(1, 15))}
    needs |= {f"{subject}{n}": "" for subject in ("MATH", "STATS") for n in range(1, 15)}
    route = _route(needs)
    assert route is not None
    assert route.courses == 14
    assert not route.shortest


_NAMES = ["CS1", "CS2", "CS3", "CS4", "CS5"]
_leaf = st.sampled_from(_NAMES) | st.sampled_from([f"{name} concurrently" for name in _NAMES])
_tree = st.recursive(
    _leaf,
    lambda inner: st.builds(
        lambda parts, word: "(" + f" {word} ".join(parts) + ")",
        st.lists(inner, min_size=2, max_size=3),
        st.sampled_from(["and", "or"]),
    ),
    max_leaves=4,
)
_catalogues = st.fixed_dictionaries(
    {name: st.just("") | _tree for name in _NAMES} | {"CS9": _tree}
).map(of_needs)


@given(_catalogues, st.sets(st.sampled_from(_NAMES), max_size=2))
@settings(max_examples=150, deadline=None)
def test_no_smaller_set_of_courses_would_do(found: Catalogue, done: set[str]) -> None:
    standing = Standing.of(found, map(CourseCode.parse, done))
    route = routes(found, standing, frozenset(found.courses)).to(C9)
    sizes = [
        len(chosen)
        for size in range(len(_NAMES) + 1)
        for chosen in combinations(set(map(CourseCode.parse, _NAMES)) - standing.codes, size)
        if _reaches(found, standing.codes, frozenset(chosen))
    ]
    if route is None:
        assert not sizes
    else:
        assert route.courses == min(sizes)
        _check_order(found, standing, route)


def _reaches(found: Catalogue, done: frozenset[CourseCode], chosen: frozenset[CourseCode]) -> bool:
    """Plainly: every order of taking the chosen courses in groups, then the target."""
    left, passed = set(chosen), set(done)
    while left:
        group = set(left)
        while group and (bad := {c for c in group if not _open(found, c, passed, group)}):
            group -= bad
        if not group:
            return False
        passed |= group
        left -= group
    return _open(found, C9, passed, set())


def _open(found: Catalogue, code: CourseCode, passed: set, beside: set) -> bool:
    tree = found.by_code[str(code)].prerequisites
    record = Record(completed=frozenset(passed), concurrent=frozenset(beside - {code}))
    return tree is None or tree.met(record)


def _check_order(found: Catalogue, standing: Standing, route: Route) -> None:
    passed = set(standing.codes)
    for quarter in route.quarters:
        assert all(_open(found, code, passed, set(quarter)) for code in quarter)
        passed |= set(quarter)
    assert _open(found, C9, passed, set())


@pytest.mark.parametrize("target", ["CS229", "CS231N", "CS224U", "MATH230A", "EE364A"])
def test_ways_through_the_sample_catalogue_keep_its_rules(catalogue, target: str) -> None:
    found = CatalogueIndex(catalogue).current()
    course = found.by_code[target]
    route = routes(found, Standing.of(found, ()), frozenset(found.courses)).to(course.code)
    assert route is not None
    assert route.shortest
    assert not route.consents
    passed = Standing.of(found, ())
    for quarter in route.quarters:
        for code in quarter:
            assert passed.meets(found.by_code[str(code)].prerequisites, set(quarter) - {code})
        passed = passed.having(quarter)
    assert passed.meets(course.prerequisites)
