"""Our own client of the XML views over real HTTP, against the mock and the database behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import httpx
import pytest

from knowledge.clients.explorecourses_xml import ExploreCoursesXml
from knowledge.errors import ServiceMisbehaved
from knowledge.formats.listings import merge_listings
from knowledge.formats.prose_evaluation import same_demand
from knowledge.formats.prose_prerequisites import read_prose
from knowledge.formats.views import View
from knowledge.formats.xml_reader import read_xml
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(params=list(View))
async def client(address: str, request: pytest.FixtureRequest) -> AsyncIterator[ExploreCoursesXml]:
    async with httpx.AsyncClient() as shared:
        yield ExploreCoursesXml(address, shared, view=request.param)


async def test_departments(client: ExploreCoursesXml, catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        stored = {(d.code, d.name, d.school) for d in work.catalogue.departments()}
    assert {(d.code, d.name, d.school) for d in await client.departments()} == stored


async def test_a_department_says_what_the_database_says(
    client: ExploreCoursesXml, catalogue: UnitOfWork
) -> None:
    listing = await client.courses("CS", 2018)
    assert listing.faults == ()
    with catalogue.read() as work:
        for record in merge_listings(listing.courses):
            stored = work.catalogue.course(str(record.code))
            assert (record.course_id, record.codes) == (stored.course_id, stored.codes)
            assert (record.title, record.gers) == (stored.title, stored.requirements)
            assert (record.units_min, record.units_max) == (stored.units_min, stored.units_max)
            assert record.gradings == stored.gradings
            assert record.administration.career == stored.level.career
            sections = {
                s.class_id: s
                for s in work.catalogue.sections(stored.course_id)
                if s.term.academic_year_start == 2018
            }
            assert {s.class_id for s in record.sections} == set(sections)
            for section in record.sections:
                held = sections[section.class_id]
                assert (section.term, section.meetings) == (held.term, held.meetings)
                assert (section.capacity, section.enrolled) == (held.capacity, held.enrolled)
                assert section.teachers == held.instructors
                assert set(section.oddities) <= {"days-padded"}


async def test_filters(client: ExploreCoursesXml) -> None:
    whole = await client.courses("HISTORY", 2018)
    spring = await client.courses("HISTORY", 2018, ["term-Spring", "academiclevel-UG"])
    assert 0 < len(spring.courses) < len(whole.courses)
    assert {r.administration.career for r in spring.courses} == {"UG"}
    with pytest.raises(ServiceMisbehaved) as told:
        await client.courses("HISTORY", 2018, ["term-Fall"])
    assert "422" in told.value.detail


async def test_every_prerequisite_of_the_catalogue_is_read_out_of_its_prose(
    web: httpx.Client, catalogue: UnitOfWork
) -> None:
    params = {"view": "xml-20200810", "q": "all courses", "academicYear": "20182019"}
    answer = web.get("/search", params=params)
    demanding = 0
    with catalogue.read() as work:
        for record in read_xml(BytesIO(answer.content)):
            stored = work.catalogue.course(str(record.code))
            reading = read_prose(record.description, record.code.subject)
            assert reading.sure, record.description
            assert same_demand(reading.rule, stored.prerequisites), record.description
            demanding += reading.rule is not None
    assert demanding > 50
