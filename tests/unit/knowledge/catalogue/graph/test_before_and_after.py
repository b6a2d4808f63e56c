"""What comes before and after a course: trees with what is done, what opens, what comes closer."""

from __future__ import annotations

import pytest
from graph_catalogue import TODAY, codes, course, of_needs, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue.graph.advisor import Advising, Advisor
from knowledge.catalogue.graph.after import after
from knowledge.catalogue.graph.before import as_json, before, closure, steps
from knowledge.catalogue.graph.following import following, variants
from knowledge.catalogue.graph.source import Catalogue
from knowledge.catalogue.graph.standing import Standing
from knowledge.catalogue.index import CatalogueIndex
from knowledge.model.codes import CourseCode
from knowledge.storage.unit_of_work import UnitOfWork

NEEDS = {
    "CS1": "",
    "CS2": "CS1",
    "CS3": "CS1",
    "CS4": "(CS2 or CS3) and CS5",
    "CS5": "CS4 or consent",
    "CS6": "CS2 concurrently",
}


@pytest.fixture
def small() -> Catalogue:
    return of_needs(NEEDS)


def _before(found: Catalogue, code: str, done: str = "", all_met: bool = False):
    standing = Standing.of(found, codes(done), all_met)
    return before(found, found.by_code[code], standing, frozenset(found.courses))


def test_a_tree_goes_down_to_the_beginnings_and_opens_a_course_once(small: Catalogue) -> None:
    tree = _before(small, "CS4").tree
    assert [str(step.code) for step in steps(tree)] == "CS2 CS1 CS3 CS1 CS5 CS4".split()
    assert [str(step.code) for step in steps(tree) if step.again] == ["CS4"]


def test_what_is_done_is_marked_and_not_opened(small: Catalogue) -> None:
    answer = _before(small, "CS4", "CS2")
    assert [(str(s.code), s.done) for s in steps(answer.tree)] == [
        ("CS2", True), ("CS3", False), ("CS5", False), ("CS4", False),
    ]  # fmt: skip
    assert [str(code) for code in answer.have] == ["CS2"]
    assert str(answer.missing) == "CS5"


def test_a_tree_as_plain_values(small: Catalogue) -> None:
    plain = as_json(_before(small, "CS5").tree)
    assert plain is not None
    assert plain["kind"] == "any"
    assert [part["kind"] for part in plain["parts"]] == ["course", "consent"]


def test_nothing_before_an_introduction(small: Catalogue) -> None:
    answer = _before(small, "CS1")
    assert (answer.tree, answer.missing) == (None, None)
    assert answer.route is not None
    assert answer.route.courses == 0


def test_with_everything_met_nothing_is_missing(small: Catalogue) -> None:
    answer = _before(small, "CS4", all_met=True)
    assert answer.missing is None
    assert all(step.done for step in steps(answer.tree))


def test_closure_ends_on_a_cycle(small: Catalogue) -> None:
    found = closure(small, small.by_code["CS4"])
    assert {str(small.courses[key].code) for key in found} == {"CS1", "CS2", "CS3", "CS4", "CS5"}


def _after(found: Catalogue, code: str, done: str = ""):
    return after(found, found.by_code[code], Standing.of(found, codes(done)))


def test_what_a_course_opens_and_what_it_brings_closer(small: Catalogue) -> None:
    assert [str(f.course.code) for f in _after(small, "CS1").unlocked] == ["CS2", "CS3"]
    answer = _after(small, "CS2", "CS1")
    assert [str(f.course.code) for f in answer.unlocked] == ["CS6"]
    assert [(str(f.course.code), str(f.still)) for f in answer.closer] == [("CS4", "CS5")]


def test_what_is_passed_or_open_anyway_is_not_listed(small: Catalogue) -> None:
    assert not _after(small, "CS2", "CS1 CS6").unlocked
    assert not _after(small, "CS2", "CS1 CS3").closer  # CS3 brought it closer already


def test_a_course_that_was_taken_long_ago_opens_the_same(small: Catalogue) -> None:
    assert _after(small, "CS2", "CS1 CS2") == _after(small, "CS2", "CS1")


@given(st.dictionaries(st.sampled_from(["CS1", "CS2", "CS3"]), st.sampled_from(
    ["CS4", "CS4 or CS5", "CS4 and CS5", "CS4 concurrently", "(CS4 and CS6) or consent"]
), min_size=1), st.sets(st.sampled_from(["CS4", "CS5", "CS6"])))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_opened_means_closed_before_and_open_with_it(needs: dict[str, str], done: set[str]) -> None:
    found = of_needs({**needs, "CS4": "", "CS5": "", "CS6": ""})
    standing = Standing.of(found, map(CourseCode.parse, done))
    answer = after(found, found.by_code["CS4"], standing)
    without = standing.without(found.by_code["CS4"])
    for follower in answer.unlocked:
        assert not without.meets(follower.course.prerequisites)
        assert without.having(codes("CS4")).meets(follower.course.prerequisites)
    for follower in answer.closer:
        assert follower.still is not None
        assert not without.having(codes("CS4")).meets(follower.course.prerequisites)


def test_other_forms_of_a_course_are_not_its_next() -> None:
    found = of_needs({"CS10B": "", "CS10X": "", "CS10C": "CS10B", "CS20": "CS10B or CS10X"})
    of = found.by_code["CS10B"]
    assert {str(found.courses[key].code) for key in variants(found, of)} == {"CS10B", "CS10X"}


def test_suggestions_are_offered_and_say_why() -> None:
    listed = [
        course(1, "CS1", topics=["logic"]),
        course(2, "CS2", "CS1"),
        course(3, "CS3", topics=["logic"]),
        course(4, "CS4", "CS3", topics=["logic"]),
        course(5, "CS5", topics=["maps"]),
        course(6, "CS6", topics=["logic"]),
    ]
    advisor = Advisor(snapshot(listed))
    of, graph = listed[0], advisor.graph
    near = advisor.walk.near(graph.course("CS1"))
    offered = frozenset({2, 3, 4, 5})
    found = following(advisor.snapshot, of, advisor.standing(()), near, offered)
    reasons = {str(s.course.code): (s.builds_on, s.topics, str(s.still or "")) for s in found}
    assert reasons == {
        "CS2": (True, (), ""),
        "CS3": (False, ("logic",), ""),
        "CS4": (False, ("logic",), "CS3"),
    }


@pytest.fixture(scope="module")
def sample(catalogue: UnitOfWork) -> Advisor:
    return Advising(CatalogueIndex(catalogue)).current()


def test_after_cs230_come_the_classes_that_the_lecture_names(sample: Advisor) -> None:
    """Five of its seven: CS236 is of no coming term, CS228 shares nothing with CS230."""
    core = codes("CS106A CS106B CS103 CS107 CS109 MATH19 MATH20 MATH21 MATH51")
    found = sample.next_after(sample.course("CS230"), sample.standing(core), TODAY)
    first = {str(suggestion.course.code) for suggestion in found[:8]}
    assert {"CS224N", "CS231N", "CS229", "CS229A", "CS234"} <= first


def test_only_what_can_still_be_added_is_suggested(sample: Advisor) -> None:
    for suggestion in sample.next_after(sample.course("CS106B"), sample.standing(()), TODAY):
        terms = sample.coming(suggestion.course, TODAY)
        assert terms
        assert all(term.academic_year_start == 2018 and term.quarter != "Autumn" for term in terms)


def test_a_needed_course_and_one_of_several_ways(sample: Advisor) -> None:
    of, nothing = sample.course("CS229"), sample.standing(())
    assert sample.needs(of, sample.course("MATH51"), nothing, TODAY)
    assert not sample.needs(of, sample.course("CS106X"), nothing, TODAY)
