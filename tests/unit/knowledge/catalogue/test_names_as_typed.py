"""Titles, nicknames, subjects and codes in the ways in which students misspell them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import subjects
from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.catalogue.subjects import subject_codes
from knowledge.catalogue.titles import candidates, nicknames, suggestions
from knowledge.storage.unit_of_work import UnitOfWork

_quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def snapshot(catalogue: UnitOfWork) -> Snapshot:
    return CatalogueIndex(catalogue).current()


def _codes(snapshot: Snapshot, typed: str) -> list[str]:
    return [str(found.course.code) for found in candidates(snapshot, typed)]


def test_every_nickname_names_courses_that_exist(snapshot: Snapshot) -> None:
    named = {code for codes in nicknames().values() for code in codes}
    assert named <= set(snapshot.by_code)


def test_every_subject_alias_names_a_department(snapshot: Snapshot) -> None:
    known = {department.code for department in snapshot.departments}
    for alias, code in subjects._ALIASES.items():
        assert code in known
        assert subject_codes(snapshot, alias) == [code], alias


def test_departments_are_found_by_code_and_by_name(snapshot: Snapshot) -> None:
    for department in snapshot.departments:
        assert subject_codes(snapshot, department.code.lower()) == [department.code]
        assert department.code in subject_codes(snapshot, department.name), department.name


@pytest.mark.parametrize("typed", ["histroy", "psycology", "linguistcs", "phylosophy"])
def test_a_subject_may_be_misspelt(snapshot: Snapshot, typed: str) -> None:
    assert len(subject_codes(snapshot, typed)) == 1


@pytest.mark.parametrize("typed", ["", "the", "department of", "🙂", "x" * 300, "%' OR 1=1"])
def test_no_subject_is_found_in_nonsense(snapshot: Snapshot, typed: str) -> None:
    assert subject_codes(snapshot, typed) == []


def test_every_title_finds_its_course_first_however_it_is_cased(snapshot: Snapshot) -> None:
    aliased = set(nicknames())
    for course in snapshot.courses.values():
        if course.title.lower() in aliased:
            continue
        found = candidates(snapshot, course.title.upper(), limit=50)
        assert found[0].score == 100, course.title
        assert course in [candidate.course for candidate in found], course.title


def _misspelt(title: str, place: int) -> list[str]:
    """A letter left out, doubled, or swapped with the next."""
    head, letter, tail = title[:place], title[place], title[place + 1 :]
    return [head + tail, head + letter + letter + tail, head + tail[0] + letter + tail[1:]]


def test_one_typing_error_in_a_long_title_rarely_does_harm(snapshot: Snapshot) -> None:
    titles = sorted({c.title for c in snapshot.courses.values() if 16 <= len(c.title) <= 40})
    typed = [(t, text) for n, t in enumerate(titles) for text in _misspelt(t, 1 + n % 14)]
    found = [
        title in [candidate.course.title for candidate in candidates(snapshot, text)]
        for title, text in typed
    ]
    assert len(found) > 500
    assert sum(found) / len(found) > 0.95


@_quick
@given(typed=st.text(min_size=1, max_size=40))
def test_candidates_are_few_ordered_and_never_an_error(snapshot: Snapshot, typed: str) -> None:
    found = candidates(snapshot, typed)
    assert len(found) <= 5
    assert all(72 <= candidate.score <= 100 for candidate in found)
    scores = [round(candidate.score) for candidate in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("calc 2", "MATH20"),
        ("intro cs", "CS106A"),
        ("deep lerning", "CS230"),
        ("convex optimization", "EE364A"),
        ("the class on deep learning", "CS230"),
        ("data structures", "CS106B"),
    ],
)
def test_students_names_for_courses(snapshot: Snapshot, typed: str, code: str) -> None:
    assert _codes(snapshot, typed)[0] == code


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("CS106Z", "CS106A"),
        ("MAHT51", "MATH51"),
        ("cs 229 b", "CS229"),
        ("HISTORY 1Z", "HISTORY1B"),
        ("CSS106A", "CS106A"),
    ],
)
def test_a_near_code_is_suggested(snapshot: Snapshot, typed: str, near: str) -> None:
    found = [str(course.code) for course in suggestions(snapshot, typed)]
    assert near in found
    assert len(found) <= 3


@_quick
@given(typed=st.text(max_size=30))
def test_suggestions_are_at_most_three_for_any_text(snapshot: Snapshot, typed: str) -> None:
    assert len(suggestions(snapshot, typed)) <= 3


@pytest.mark.parametrize("typed", ["!!!", "数学", "🙂", "  "])
def test_signs_and_other_alphabets_are_near_to_no_title(snapshot: Snapshot, typed: str) -> None:
    assert candidates(snapshot, typed) == []


def test_a_misspelt_introduction_is_found(snapshot: Snapshot) -> None:
    for typed in ("Introdction to Communication", "Inntroduction to Causal Inference"):
        assert candidates(snapshot, typed)[0].course.title.split()[-1] == typed.split()[-1]


def test_one_course_s_nickname_may_be_another_s_title(snapshot: Snapshot) -> None:
    found = [str(each.course.code) for each in candidates(snapshot, "applied machine learning")]
    assert sorted(found) == ["CS129", "CS229A"]
