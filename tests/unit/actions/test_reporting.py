"""Questions are told on the side: no reply waits, no failure shows, never too many at once."""

from __future__ import annotations

import asyncio
import json
import time

import httpx

from actions.reporting import QuestionReporter
from knowledge.clients.http import Service


def _reporter(handler) -> QuestionReporter:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return QuestionReporter(Service("explorecourses", "http://quad", http), lambda: "a-token")


async def test_a_question_arrives_with_the_service_token() -> None:
    got: list[httpx.Request] = []

    async def take(request: httpx.Request) -> httpx.Response:
        got.append(request)
        return httpx.Response(202)

    _reporter(take).unanswered("lecture", "what is zen?")
    await asyncio.sleep(0.05)
    assert [request.url.path for request in got] == ["/questions"]
    assert got[0].headers["Authorization"] == "Bearer a-token"
    assert json.loads(got[0].content) == {"kind": "lecture", "text": "what is zen?"}


async def test_nothing_waits_for_a_slow_log_and_the_surplus_is_lost() -> None:
    asked = 0

    async def hang(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        await asyncio.sleep(30)
        return httpx.Response(202)

    reporter = _reporter(hang)
    began = time.monotonic()
    for _ in range(50):
        reporter.unanswered("unclear", "hm")
    assert time.monotonic() - began < 0.5
    await asyncio.sleep(0.05)
    assert asked == 20
    for task in list(reporter._sending):
        task.cancel()


async def test_a_log_that_is_away_and_empty_words_are_passed_over() -> None:
    async def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("away")

    reporter = _reporter(fail)
    reporter.unanswered("unclear", "  ")
    assert not reporter._sending
    reporter.unanswered("unclear", "hm")
    await asyncio.sleep(0.05)
    assert not reporter._sending
