"""Faults below HTTP: silence, resets, half answers, garbage; then a good answer, or giving up."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import httpx
import pytest
from faulty_servers import answer, cut_short, reset, silence

from knowledge.clients import http
from knowledge.clients.http import Retries, Service
from knowledge.errors import ServiceMisbehaved, ServiceUnavailable

OK = answer(b'{"ok": true}')


@pytest.mark.parametrize("fault", [reset, silence, cut_short])
async def test_one_fault_is_survived(wire, connect, fault) -> None:
    served = await wire(fault, OK)
    assert await connect(served.address).call("GET", "/x") == {"ok": True}
    assert len(served.requests) == 2


@pytest.mark.parametrize("fault", [reset, silence, cut_short])
async def test_a_fault_that_stays_means_unavailable(wire, connect, waits, fault) -> None:
    served = await wire(fault)
    with pytest.raises(ServiceUnavailable) as told:
        await connect(served.address).call("GET", "/x")
    assert told.value.service == "axess"
    assert len(served.requests) == 3
    assert len(waits) == 2


@pytest.mark.parametrize("fault", [reset, silence])
async def test_a_write_without_a_key_is_sent_once(wire, connect, fault) -> None:
    served = await wire(fault, OK)
    with pytest.raises(ServiceUnavailable):
        await connect(served.address).call("POST", "/x", repeatable=False, json={})
    assert len(served.requests) == 1


async def test_silence_costs_the_timeouts_and_no_more(wire, connect) -> None:
    served = await wire(silence)
    begun = time.monotonic()
    with pytest.raises(ServiceUnavailable):
        await connect(served.address).call("GET", "/x")
    assert 0.7 < time.monotonic() - begun < 2.5


async def test_a_service_that_hangs_costs_one_timeout(wire, connect) -> None:
    served = await wire(silence)
    patient = connect(served.address)
    hasty = replace(patient, retries=replace(patient.retries, budget_seconds=0.1))
    with pytest.raises(ServiceUnavailable):
        await hasty.call("GET", "/x")
    assert len(served.requests) == 1


@pytest.mark.parametrize("status", ["502 Bad Gateway", "503 Unavailable", "504 Gateway Timeout"])
async def test_passing_statuses_are_tried_again(wire, connect, status: str) -> None:
    served = await wire(answer(b"<html>", status), OK)
    assert await connect(served.address).call("GET", "/x") == {"ok": True}


@pytest.mark.parametrize("status", ["400 Bad", "404 Gone", "409 No", "422 No", "500 Broken"])
async def test_other_statuses_are_final(wire, connect, waits, status: str) -> None:
    served = await wire(answer(b'{"type": "about:blank"}', status), OK)
    with pytest.raises(ServiceMisbehaved):
        await connect(served.address).call("GET", "/x")
    assert (len(served.requests), waits) == (1, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", "200 OK"),
        (b"<!doctype html>", "200 OK"),
        (b'{"open": ', "200 OK"),
        (b"\xff\xfe\x00", "200 OK"),
        (b"", "500 Broken"),
        (b"[1, 2]", "409 Conflict"),
        (b'"text"', "404 Not Found"),
        (b'{"type": 7}', "409 Conflict"),
        (b'{"type": null}', "401 Unauthorized"),
    ],
)
async def test_what_cannot_be_read_is_misbehaviour(wire, connect, body: bytes, status: str) -> None:
    served = await wire(answer(body, status))
    with pytest.raises(ServiceMisbehaved) as told:
        await connect(served.address).call("GET", "/x")
    assert told.value.service == "axess"
    assert len(served.requests) == 1


async def test_pauses_grow_are_random_and_stay_in_their_bounds() -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    transport = httpx.MockTransport(lambda request: httpx.Response(503))
    async with httpx.AsyncClient(transport=transport) as shared:
        service = Service("axess", "http://test", shared, Retries(4, 0.1, pause))
        for _ in range(60):
            with pytest.raises(ServiceUnavailable):
                await service.call("GET", "/x")
    for place, bound in enumerate((0.2, 0.4, 0.8)):
        drawn = pauses[place::3]
        assert all(0 <= seconds <= bound for seconds in drawn)
        assert max(drawn) > bound / 2 > min(drawn)


async def test_nobody_listens(connect) -> None:
    with pytest.raises(ServiceUnavailable):
        await connect("http://127.0.0.1:1").call("GET", "/x")


async def test_many_calls_share_the_connections(wire, connect) -> None:
    served = await wire(reset, OK)
    service = connect(served.address)
    answers = await asyncio.gather(*(service.call("GET", f"/{n}") for n in range(12)))
    assert answers == [{"ok": True}] * 12


def test_the_committed_timeouts_are_short() -> None:
    assert http.TIMEOUT.connect == 0.5
    assert http.TIMEOUT.read == 3.0
    assert Retries().attempts == 3
