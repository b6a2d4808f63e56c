"""Random queries against the plainest possible search: every course, every filter, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search, terms_offered
from knowledge.model.courses import Course, Grading, Level, Section
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter
from knowledge.storage.unit_of_work import UnitOfWork

_maybe = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_queries = st.builds(
    CourseQuery,
    subjects=st.sampled_from([(), (), ("CS",), ("HISTORY",), ("MATH", "STATS"), ("NOSUCH",)]),
    not_subjects=st.sampled_from([(), (), ("CS",), ("MATH", "STATS")]),
    level=st.sampled_from([None, None, *Level]),
    quarters=st.sampled_from([(), (), (Quarter.WINTER,), (Quarter.SPRING, Quarter.SUMMER)]),
    year=st.sampled_from([None, None, 2018, 2019, 2027, 1999]),
    academic_start=st.sampled_from([None, None, 2018, 2026]),
    days=st.sampled_from(
        [frozenset(), frozenset(), frozenset({Day.TUESDAY, Day.THURSDAY}), frozenset({Day.MONDAY})]
    ),
    not_days=st.sampled_from([frozenset(), frozenset(), frozenset({Day.FRIDAY})]),
    windows=st.sampled_from([(), (), ((600, None),), ((None, 720),), ((None, 600), (780, 1020))]),
    avoided=st.sampled_from(
        [
            (),
            (),
            ((frozenset({Day.FRIDAY}), (None, 600)),),
            ((frozenset({Day.MONDAY, Day.TUESDAY}), (1020, None)),),
        ]
    ),
    no_prerequisites=st.booleans(),
    units=st.sampled_from([None, None, (1, 2), (4, 4)]),
    requirements=st.sampled_from([(), (), (), ("WAY-FR",), ("WAY-FR", "WAY-AQR")]),
    grading=st.sampled_from([None, None, *Grading]),
    limit=st.just(500),
)


@pytest.fixture(scope="module")
def index(catalogue: UnitOfWork) -> CatalogueIndex:
    return CatalogueIndex(catalogue)


def _course_fits(course: Course, query: CourseQuery) -> bool:
    fewest, most = query.units or (0, 99)
    return all(
        (
            not query.subjects or {code.subject for code in course.codes} & {*query.subjects},
            not {code.subject for code in course.codes} & {*query.not_subjects},
            query.level in (None, course.level),
            any(fewest <= units <= most for units in range(course.units_min, course.units_max + 1)),
            all(requirement in course.requirements for requirement in query.requirements),
            query.grading in (None, *course.gradings),
            not (query.no_prerequisites and course.prerequisites),
        )
    )


def _section_fits(section: Section, query: CourseQuery) -> bool:
    term = section.term
    if query.quarters and term.quarter not in query.quarters:
        return False
    if query.year not in (None, term.year):
        return False
    if query.academic_start not in (None, term.academic_year_start):
        return False
    meets = {day for meeting in section.meetings for day in meeting.days}
    if query.days and not (query.days <= meets or (meets and meets <= query.days)):
        return False
    for meeting in section.meetings:
        starts = meeting.start.hour * 60 + meeting.start.minute
        ends = meeting.end.hour * 60 + meeting.end.minute
        windows = query.windows or ((None, None),)
        if not any(starts >= (a or 0) and ends <= (b or 24 * 60) for a, b in windows):
            return False
        if any(day in query.not_days for day in meeting.days):
            return False
        for days, (earliest, latest) in query.avoided:
            overlaps = starts < (latest or 24 * 60) and ends > (earliest or 0)
            if days & meeting.days and overlaps:
                return False
    return True


def _sections_found(sections: tuple[Section, ...], query: CourseQuery) -> set[int]:
    """Offerings that fit; the discussions and labs of one come with it, whenever they meet."""
    own = {s.class_id for s in sections if s.parent is None and _section_fits(s, query)}
    return own | {s.class_id for s in sections if s.parent in own}


def _plainly(snapshot: Snapshot, query: CourseQuery) -> dict[int, set[int]]:
    found = {
        course.course_id: _sections_found(snapshot.sections[course.course_id], query)
        for course in snapshot.courses.values()
        if _course_fits(course, query)
    }
    return {key: held for key, held in found.items() if held or not query.asks_sections}


@_maybe
@given(query=_queries)
def test_search_finds_exactly_what_fits(index: CatalogueIndex, query: CourseQuery) -> None:
    page = search(index, query)
    found = {hit.course.course_id: {s.class_id for s in hit.sections} for hit in page.hits}
    assert found == _plainly(index.current(), query)
    assert page.total == len(page.hits)


@_maybe
@given(query=_queries, size=st.integers(1, 40))
def test_pages_are_parts_of_the_whole(index: CatalogueIndex, query: CourseQuery, size: int) -> None:
    whole = search(index, query)
    second = search(index, replace(query, limit=size, offset=size))
    assert second.total == whole.total
    assert second.hits == whole.hits[size : 2 * size]


def test_nothing_on_fridays_before_ten_leaves_other_days_and_hours(index: CatalogueIndex) -> None:
    avoided = ((frozenset({Day.FRIDAY}), (None, 600)),)
    query = CourseQuery(subjects=("CS",), academic_start=2018, limit=500)
    meetings = [
        meeting
        for hit in search(index, replace(query, avoided=avoided)).hits
        for section in hit.sections
        if section.parent is None
        for meeting in section.meetings
    ]
    early = [meeting for meeting in meetings if meeting.start.hour < 10]
    assert any(Day.FRIDAY in meeting.days for meeting in meetings)
    assert early
    assert not any(Day.FRIDAY in meeting.days for meeting in early)


def test_easy_puts_what_asks_least_first(index: CatalogueIndex) -> None:
    hits = search(index, CourseQuery(subjects=("MATH",), easy=True, limit=500)).hits
    first, last = hits[0].course, hits[-1].course
    assert first.prerequisites is None
    assert first.units_min < last.units_min or last.prerequisites is not None
    assert len(hits) == search(index, CourseQuery(subjects=("MATH",))).total


def test_nothing_found_names_what_stands_in_the_way(index: CatalogueIndex) -> None:
    query = CourseQuery(subjects=("HISTORY",), quarters=(Quarter.SUMMER,), year=2019)
    page = search(index, query)
    assert page.total == 0
    relaxed = {relaxation.conditions: relaxation.total for relaxation in page.relaxations}
    without_term = search(index, CourseQuery(subjects=("HISTORY",))).total
    assert relaxed[("term",)] == without_term > 0
    assert relaxed[("subjects",)] == search(index, replace(query, subjects=())).total > 0


def test_two_conditions_are_named_when_one_is_not_enough(index: CatalogueIndex) -> None:
    query = CourseQuery(instructors=("Nobodyatall",), units=(25, 30), subjects=("CS",))
    (relaxed,) = search(index, query).relaxations
    assert relaxed.conditions == ("units", "instructors")
    assert relaxed.total == search(index, CourseQuery(subjects=("CS",))).total


def test_a_range_of_numbers(index: CatalogueIndex) -> None:
    found = search(index, CourseQuery(subjects=("MATH",), numbers=(50, 59), limit=500))
    assert {str(hit.course.code) for hit in found.hits} == {"MATH51", "MATH52", "MATH53"}


def test_a_range_of_numbers_goes_by_the_code_in_the_asked_subject(index: CatalogueIndex) -> None:
    found = search(index, CourseQuery(subjects=("CS",), numbers=(200, 299), limit=500))
    codes = [[c for c in hit.course.codes if c.subject == "CS"] for hit in found.hits]
    assert all(any(200 <= code.number <= 299 for code in held) for held in codes)
    assert any(hit.course.code.subject != "CS" for hit in found.hits)  # MS&E213 is CS269O


def test_without_words_the_catalogues_order_holds(index: CatalogueIndex) -> None:
    hits = search(index, CourseQuery(subjects=("HISTORY",), limit=500)).hits
    at_home = [h.course.code for h in hits if h.course.code.subject == "HISTORY"]
    guests = [h.course.code for h in hits if h.course.code.subject != "HISTORY"]
    assert at_home == sorted(at_home)
    assert [h.course.code for h in hits] == at_home + guests
    assert guests


def test_words_narrow_within_filters(index: CatalogueIndex) -> None:
    free = search(index, CourseQuery(text="machine learning", limit=500))
    bound = search(index, CourseQuery(text="machine learning", subjects=("CS",), limit=500))
    assert 0 < bound.total < free.total
    assert {h.course.code for h in bound.hits} <= {h.course.code for h in free.hits}
    assert [h.score for h in free.hits] == sorted((h.score for h in free.hits), reverse=True)


@pytest.mark.parametrize("text", ["zyzzyva", "the of", "🙂", "数学", "'; DROP courses --"])
def test_words_that_nothing_holds_find_nothing(index: CatalogueIndex, text: str) -> None:
    assert search(index, CourseQuery(text=text)).total == 0


def test_an_instructor_is_found_by_last_name_case_and_typing_error(index: CatalogueIndex) -> None:
    course_id = index.current().by_code["CS106A"].course_id
    (name, *_) = index.current().sections[course_id][0].instructors
    last = name.split()[-1]
    for typed in (name, last, last.lower(), last[:-2] + last[-1] if len(last) > 7 else last):
        found = search(index, CourseQuery(instructors=("Nobodyatall", typed), codes=("CS106A",)))
        assert found.total == 1, typed
        assert any(name in s.instructors for s in found.hits[0].sections)
    assert search(index, CourseQuery(instructors=("Nobodyatall",))).total == 0


def test_terms_offered_are_in_time_order_and_without_repetition(index: CatalogueIndex) -> None:
    snapshot = index.current()
    terms = terms_offered(snapshot, snapshot.by_code["MATH51"])
    assert len(set(terms)) == len(terms)
    assert (Quarter.WINTER, 2019) in terms
    assert terms.index((Quarter.AUTUMN, 2018)) < terms.index((Quarter.WINTER, 2019))
    assert terms.index((Quarter.SPRING, 2019)) < terms.index((Quarter.AUTUMN, 2026))
