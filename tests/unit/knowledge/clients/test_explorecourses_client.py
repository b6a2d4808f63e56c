"""The ExploreCourses client against the mock itself, called without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest

from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.http import Service
from knowledge.errors import QuadError, UnknownCourse
from knowledge.mocks.explorecourses import create_explorecourses
from knowledge.model.terms import Quarter, Term
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def asked() -> list[httpx.Request]:
    return []


@pytest.fixture
async def client(
    catalogue: UnitOfWork, asked: list[httpx.Request]
) -> AsyncIterator[ExploreCoursesClient]:
    async def note(request: httpx.Request) -> None:
        asked.append(request)

    transport = httpx.ASGITransport(create_explorecourses(catalogue))
    async with httpx.AsyncClient(transport=transport, event_hooks={"request": [note]}) as shared:
        yield ExploreCoursesClient(Service("explorecourses", "http://courses", shared))


async def test_a_course_with_all_it_says(client: ExploreCoursesClient) -> None:
    found = await client.course("CS106A")
    assert (found.code, found.title) == ("CS106A", "Programming Methodology")
    assert found.units_min <= found.usual_units <= found.units_max
    assert found.units == f"{found.units_min}-{found.units_max}"
    assert ("Winter", 2019) in found.terms
    assert {(s.quarter, s.year) for s in found.sections} == set(found.terms)
    for section in found.sections:
        assert section.seats_left == section.capacity - section.enrolled
        assert section.start < section.end
        assert section.rooms[0] in section.times
        assert section.days <= {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}


async def test_prerequisites_come_as_words_and_as_codes(client: ExploreCoursesClient) -> None:
    found = await client.course("CS229")
    assert set(found.prerequisite_codes) >= {"CS106B", "CS109", "MATH51"}
    assert all(code in found.prerequisites for code in found.prerequisite_codes)
    none = await client.course("CS106A")
    assert (none.prerequisites, none.prerequisite_codes) == ("", ())


@pytest.mark.parametrize("typed", ["linguist180", "LINGUIST 180", "cs 124", "CS-124"])
async def test_a_course_is_found_by_any_of_its_codes(
    client: ExploreCoursesClient, typed: str
) -> None:
    assert (await client.course(typed)).codes == ("CS124", "LINGUIST180")


async def test_an_ampersand_in_a_code_survives_the_path(client: ExploreCoursesClient) -> None:
    assert (await client.course("MS&E120")).code == "MS&E120"
    assert (await client.suggestions("MS&E121"))[0].code.startswith("MS&E12")


@pytest.mark.parametrize("code", ["CS999", "ÖÄ12", "%2e%2e", "CS 106 A?x=1", "<b>"])
async def test_an_unknown_course_is_told_as_typed(client: ExploreCoursesClient, code: str) -> None:
    with pytest.raises(UnknownCourse) as told:
        await client.course(code)
    assert told.value.code == code


@pytest.mark.parametrize("code", ["CS/106Z", "", "..", "a/../b", "CS999/"])
async def test_what_looks_like_a_path_is_an_unknown_course(
    client: ExploreCoursesClient, code: str
) -> None:
    with pytest.raises(UnknownCourse):
        await client.course(code)


async def test_no_title_has_no_candidates(client: ExploreCoursesClient) -> None:
    assert await client.titles("  ") == []


async def test_search_pages(client: ExploreCoursesClient) -> None:
    params = [("subject", "history"), ("quarter", "Spring"), ("year", "2019")]
    first = await client.search([*params, ("limit", "4")])
    second = await client.search([*params, ("limit", "4"), ("offset", "4")])
    assert first.total == second.total > 8
    assert not {c.code for c in first.courses} & {c.code for c in second.courses}
    assert all(section.quarter == "Spring" for c in first.courses for section in c.sections)


async def test_a_search_that_cannot_be_read_is_not_an_empty_one(
    client: ExploreCoursesClient,
) -> None:
    with pytest.raises(QuadError) as told:
        await client.search([("level", "kindergarten")])
    assert "invalid-filter" in str(told.value)


async def test_titles_and_suggestions(client: ExploreCoursesClient) -> None:
    (best, *_) = await client.titles("programing methodolgy")
    assert (best.code, best.title) == ("CS106A", "Programming Methodology")
    assert 85 < best.score <= 100
    assert "CS106A" in [near.code for near in await client.suggestions("CS106Z")]
    assert await client.suggestions("no code at all") == []


async def test_a_very_long_title_is_cut_not_refused(client: ExploreCoursesClient) -> None:
    assert await client.titles("zx " * 2000) == []


async def test_the_calendar_is_asked_once_a_second(
    client: ExploreCoursesClient, asked: list[httpx.Request]
) -> None:
    moments = iter([10.0, 10.9, 11.1])
    client.monotonic = lambda: next(moments)
    calendar = await client.calendar()
    assert await client.calendar() is calendar
    assert [request.url.path for request in asked] == ["/terms"]
    assert await client.calendar() == calendar
    assert [request.url.path for request in asked] == ["/terms", "/terms"]
    winter = calendar.find(Term(Quarter.WINTER, 2019))
    assert winter is not None
    assert winter.is_open(date(2018, 11, 15))
    assert [t.starts for t in calendar.terms] == sorted(t.starts for t in calendar.terms)
