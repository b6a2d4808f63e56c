"""The HTTP clients against servers that are slow, broken or away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from knowledge import errors
from knowledge.clients.http import Retries, Service


async def _no_wait(seconds: float) -> None:
    assert seconds >= 0


def _faulty(answers: list[Response], seen: list[str]) -> Starlette:
    async def answer(request: Request) -> Response:
        seen.append(request.headers.get("Idempotency-Key", ""))
        return answers[min(len(seen), len(answers)) - 1]

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])


@pytest.fixture
async def service() -> Any:
    async with httpx.AsyncClient() as http:
        yield lambda address: Service("axess", address, http, Retries(sleep=_no_wait))


Make = Callable[[str], Service]
Call = Callable[[], Awaitable[Any]]


async def test_a_passing_fault_is_tried_again_under_the_same_key(serve, service: Make) -> None:
    seen: list[str] = []
    address = serve(_faulty([Response(status_code=503), JSONResponse({"ok": 1})], seen))
    headers = {"Idempotency-Key": "k"}
    assert await service(address).call("POST", "/x", json={}, headers=headers) == {"ok": 1}
    assert seen == ["k", "k"]


async def test_tries_are_bounded(serve, service: Make) -> None:
    seen: list[str] = []
    address = serve(_faulty([Response(status_code=503)], seen))
    with pytest.raises(errors.ServiceUnavailable):
        await service(address).call("GET", "/x")
    assert len(seen) == 3


async def test_what_must_not_be_repeated_is_not(serve, service: Make) -> None:
    seen: list[str] = []
    address = serve(_faulty([Response(status_code=503)], seen))
    with pytest.raises(errors.ServiceUnavailable):
        await service(address).call("POST", "/x", repeatable=False)
    assert len(seen) == 1


async def test_nobody_there(service: Make) -> None:
    with pytest.raises(errors.ServiceUnavailable) as fault:
        await service("http://127.0.0.1:9").call("GET", "/x")
    assert fault.value.service == "axess"


async def test_garbage_is_told_apart(serve, service: Make) -> None:
    address = serve(_faulty([PlainTextResponse("<html>")], []))
    with pytest.raises(errors.ServiceMisbehaved):
        await service(address).call("GET", "/x")


async def test_a_problem_becomes_its_typed_error(serve, service: Make) -> None:
    problem = {
        "type": "https://quad.example/problems/prerequisite-missing",
        "code": "CS106B",
        "missing": "CS106A",
    }
    address = serve(_faulty([JSONResponse(problem, status_code=409)], []))
    with pytest.raises(errors.PrerequisiteMissing) as fault:
        await service(address).call("GET", "/x")
    assert fault.value.missing == "CS106A"


@pytest.mark.parametrize("slug", ["prerequisite-missing", "never-heard-of"])
async def test_a_problem_without_its_facts_is_misbehaviour(serve, service: Make, slug: str) -> None:
    body = {"type": f"https://quad.example/problems/{slug}"}
    address = serve(_faulty([JSONResponse(body, status_code=409)], []))
    with pytest.raises(errors.ServiceMisbehaved):
        await service(address).call("GET", "/x")
