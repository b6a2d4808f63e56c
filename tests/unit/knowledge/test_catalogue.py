"""Search, fuzzy titles, subjects and suggestions over the sample catalogue."""

from __future__ import annotations

import pytest

from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.catalogue.subjects import subject_codes
from knowledge.catalogue.titles import candidates, suggestions
from knowledge.model.courses import Level
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="module")
def index(catalogue: UnitOfWork) -> CatalogueIndex:
    return CatalogueIndex(catalogue)


def test_every_hit_fulfils_every_filter(index: CatalogueIndex) -> None:
    query = CourseQuery(
        subjects=("HISTORY",),
        level=Level.UNDERGRADUATE,
        quarters=(Quarter.SPRING,),
        year=2019,
        not_days=frozenset({Day.FRIDAY}),
        units=(5, 5),
        limit=500,
    )
    page = search(index, query)
    assert page.total > 3
    for hit in page.hits:
        assert any(code.subject == "HISTORY" for code in hit.course.codes)
        assert hit.course.level is Level.UNDERGRADUATE
        assert hit.course.units_min <= 5 <= hit.course.units_max
        for section in hit.sections:
            assert (section.term.quarter, section.term.year) == (Quarter.SPRING, 2019)
            assert all(Day.FRIDAY not in meeting.days for meeting in section.meetings)


def test_words_rank_the_fitting_course_first(index: CatalogueIndex) -> None:
    best = search(index, CourseQuery(text="reinforcement learning")).hits[0]
    assert str(best.course.code) == "CS234"


def test_pages_join_without_gaps(index: CatalogueIndex) -> None:
    whole = search(index, CourseQuery(subjects=("CS",), limit=500))
    pages = [
        search(index, CourseQuery(subjects=("CS",), limit=7, offset=o)) for o in range(0, 70, 7)
    ]
    joined = [hit.course.code for page in pages for hit in page.hits]
    assert joined == [hit.course.code for hit in whole.hits][:70]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Programming Methodology", "CS106A"),
        ("programing methodolgy", "CS106A"),
        ("intro to robotics", "CS223A"),
        ("wittgenstein", "PHIL137"),
        ("orgo", "CHEM33"),
        ("natural language processing", "CS224N"),
    ],
)
def test_titles_are_found_as_typed(index: CatalogueIndex, typed: str, code: str) -> None:
    assert str(candidates(index.current(), typed)[0].course.code) == code


def test_an_unclear_title_has_several_candidates(index: CatalogueIndex) -> None:
    found = [str(c.course.code) for c in candidates(index.current(), "machine learning")]
    assert found == ["CS229", "CS229A"]
    assert candidates(index.current(), "underwater basket weaving") == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("history", ["HISTORY"]),
        ("comp sci", ["CS"]),
        ("poli sci", ["POLISCI"]),
        ("the economics department", ["ECON"]),
        ("MS&E", ["MS&E"]),
        ("alchemy and wizardry", []),
    ],
)
def test_subjects_are_found_as_typed(index: CatalogueIndex, typed: str, codes: list[str]) -> None:
    assert subject_codes(index.current(), typed) == codes


def test_a_number_without_its_subject_suggests_the_courses_of_that_number(
    index: CatalogueIndex,
) -> None:
    found = suggestions(index.current(), "106a")
    assert "CS106A" in [str(course.code) for course in found]
    assert all("106A" in str(course.code) for course in found)
    assert suggestions(index.current(), "9999") == []


def test_near_codes_are_suggested(index: CatalogueIndex) -> None:
    near = [str(course.code) for course in suggestions(index.current(), "CS106Q")]
    assert "CS106A" in near
    assert suggestions(index.current(), "not a code") == []


def test_a_change_is_seen_at_once(units: UnitOfWork) -> None:
    from datetime import date

    index = CatalogueIndex(units)
    hit = search(index, CourseQuery(codes=("CS106A",))).hits[0]
    class_id = hit.sections[0].class_id
    with units.write() as work:
        Administration(work, date(2018, 11, 15), "test").set_capacity(class_id, 7)
    again = search(index, CourseQuery(codes=("CS106A",))).hits[0]
    assert again.sections[0].capacity == 7
