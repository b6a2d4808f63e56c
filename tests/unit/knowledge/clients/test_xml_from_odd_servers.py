"""The client of the XML views against servers that are odd, broken, slow, or not ExploreCourses."""

from __future__ import annotations

import asyncio
import gzip
import time

import httpx
import pytest
from faulty_servers import answer, reset, silence
from odd_catalogue import catalogue

from knowledge.clients.explorecourses_xml import ExploreCoursesXml
from knowledge.clients.http import Retries
from knowledge.errors import ServiceMisbehaved, ServiceUnavailable
from knowledge.formats.limits import Limits
from knowledge.formats.listings import lectures, merge_listings
from knowledge.formats.prose_prerequisites import read_prose
from knowledge.model.schedule import Day

GOOD = answer(catalogue())


@pytest.fixture
async def reading():
    """A client for an address, with short timeouts and no real pauses."""

    async def pause(seconds: float) -> None:
        return None

    async with httpx.AsyncClient() as shared:

        def connect(address: str, **more) -> ExploreCoursesXml:
            given = {"timeout": httpx.Timeout(0.5), "retries": Retries(sleep=pause), **more}
            return ExploreCoursesXml(address, shared, **given)

        yield connect


async def test_a_real_servers_oddities(wire, reading) -> None:
    served = await wire(GOOD)
    listing = await reading(served.address).courses("GAME", 2021, ["units-gt5"])
    asked = served.requests[0].split()[1].decode()
    assert asked.startswith("/search?view=xml-20200810&academicYear=20212022&q=GAME")
    assert "filter-departmentcode-GAME=on&filter-units-gt5=on" in asked
    assert [(fault.field, fault.value, fault.record) for fault in listing.faults] == [
        ("unitsMin", "some", "GAME9")
    ]
    (course,) = merge_listings(listing.courses)
    assert [str(code) for code in course.codes] == ["GAME4", "LUDO14"]
    assert course.title == "Playing Fair"
    assert course.description.startswith('Games "for two".')
    assert [s.capacity for s in course.sections] == [None, None, None]
    assert course.sections[0].schedules[0].days == {Day.MONDAY, Day.WEDNESDAY}
    assert course.sections[0].teachers == ("Xenia Ada",)
    assert course.sections[2].meetings == ()
    assert lectures(course) == {}
    assert {"listings-in-title", "escaped-twice"} <= set(course.oddities)
    told = read_prose(course.description, "GAME")
    assert told.to_tell == "Prerequisites: GAME 1 or 2; and an even temper."


async def _slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    body = catalogue()
    writer.write(f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\n\r\n".encode())
    for start in range(0, len(body), len(body) // 20):
        writer.write(body[start : start + len(body) // 20])
        await writer.drain()
        await asyncio.sleep(0.01)


async def _trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n<xml>")
    for _ in range(1000):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n" + catalogue()[:3000])
    await writer.drain()


async def test_a_slow_server_is_waited_for(wire, reading) -> None:
    served = await wire(_slowly)
    assert len((await reading(served.address).courses("GAME", 2021)).courses) == 2


async def test_a_trickle_without_end_is_given_up(wire, reading) -> None:
    served = await wire(_trickle)
    begun = time.monotonic()
    with pytest.raises(ServiceUnavailable):
        await reading(served.address, patience_seconds=0.3).courses("GAME", 2021)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("fault", [reset, silence, _cut, answer(b"", "503 Busy")])
async def test_a_passing_fault_is_survived_and_a_lasting_one_told(wire, reading, fault) -> None:
    served = await wire(fault, GOOD)
    assert len((await reading(served.address).courses("GAME", 2021)).courses) == 2
    served = await wire(fault)
    with pytest.raises(ServiceUnavailable):
        await reading(served.address).courses("GAME", 2021)
    assert len(served.requests) == 3


NO_CATALOGUE = [
    (answer(b"oops", "500 Server Error"), "status 500"),
    (answer(b"", "404 Not Found"), "status 404"),
    (answer(b"", "302 Found", "location: /login"), "status 302"),
    (answer(b"<!DOCTYPE html><html>Log in</html>"), "file-construct-forbidden: line 1"),
    (answer(b"<html><body>Log in</body></html>"), "file-foreign: line 1, column 1, root html"),
    (answer(b'{"courses": []}'), "file-malformed"),
    (answer(b""), "file-malformed"),
    (answer(catalogue()[:2500]), "file-malformed"),
    (answer(b"<xml>caf\xe9</xml>"), "file-encoding-refused"),
    (answer(b"<xml><!--" + b"x" * 200_000), "file-limit-exceeded"),
    (answer(b"no gzip", "200 OK", "content-encoding: gzip"), "undecodable body"),
]


@pytest.mark.parametrize(("behaviour", "detail"), NO_CATALOGUE)
async def test_what_is_no_catalogue_is_told_at_once(wire, reading, behaviour, detail) -> None:
    served = await wire(behaviour)
    with pytest.raises(ServiceMisbehaved) as told:
        await reading(served.address, limits=Limits(token_bytes=100_000)).courses("GAME", 2021)
    assert told.value.detail.startswith(detail)
    assert len(served.requests) == 1


async def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(wire, reading) -> None:
    packed = gzip.compress(b"<xml><courses>" + b" " * 60_000_000)
    served = await wire(answer(packed, "200 OK", "content-encoding: gzip"))
    limits = Limits(total_bytes=5_000_000)
    with pytest.raises(ServiceMisbehaved) as told:
        await reading(served.address, limits=limits, timeout=None).courses("GAME", 2021)
    assert told.value.detail.startswith("file-limit-exceeded")


async def test_departments_of_an_odd_server(wire, reading) -> None:
    listed = b"<schools><school name='Play'><department name='GAME' longname='Games'/></school>"
    served = await wire(answer(listed + b"</schools>"))
    (found,) = await reading(served.address).departments()
    assert (found.code, found.name, found.school) == ("GAME", "Games", "Play")
    served = await wire(answer(listed))
    with pytest.raises(ServiceMisbehaved):
        await reading(served.address).departments()
    served = await wire(answer(b"<schools>" + b" " * (5 << 20)))
    with pytest.raises(ServiceMisbehaved) as told:
        await reading(served.address).departments()
    assert "list of departments" in told.value.detail
