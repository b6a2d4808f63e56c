"""Answers that are JSON, yet not of the documented form, are the service's fault and told so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from faulty_servers import answer

from knowledge.clients.axess import AxessClient
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.http import Service
from knowledge.errors import ServiceMisbehaved

_CALLS: dict[str, Callable[[AxessClient, ExploreCoursesClient], Awaitable[Any]]] = {
    "enrollments": lambda axess, _: axess.enrollments("05990001"),
    "enroll": lambda axess, _: axess.enroll("05990001", 1, "k"),
    "drop": lambda axess, _: axess.drop("05990001", 1, "k"),
    "swap": lambda axess, _: axess.swap("05990001", 1, 2, "k"),
    "eligibility": lambda axess, _: axess.eligibility("05990001", 1),
    "search": lambda _, courses: courses.search([]),
    "course": lambda _, courses: courses.course("CS106A"),
    "titles": lambda _, courses: courses.titles("logic"),
    "calendar": lambda _, courses: courses.calendar(),
}


@pytest.mark.parametrize("body", [{}, [{}], 3, "text", [1], {"total": "x", "courses": 1}], ids=str)
@pytest.mark.parametrize("name", sorted(_CALLS))
async def test_another_form_is_misbehaviour(name: str, body: Any) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=body))
    async with httpx.AsyncClient(transport=transport) as shared:
        service = Service("either", "http://test", shared)
        with pytest.raises(ServiceMisbehaved):
            await _CALLS[name](AxessClient(service, lambda: "token"), ExploreCoursesClient(service))


async def test_a_body_that_cannot_be_unpacked_is_misbehaviour(wire, connect) -> None:
    served = await wire(answer(b"no gzip", "200 OK", "content-encoding: gzip"))
    with pytest.raises(ServiceMisbehaved):
        await connect(served.address).call("GET", "/x")
