"""The knowledge graph over real HTTP: its answers, its picture, its problems, and our client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from knowledge.catalogue.graph.advisor import Advising
from knowledge.catalogue.index import CatalogueIndex
from knowledge.clients.advising import AdvisingClient, Taken
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.http import Service
from knowledge.errors import InvalidCode, UnknownCourse
from knowledge.mocks import problems
from knowledge.mocks.explorecourses_graph_export import add_export
from knowledge.storage.unit_of_work import UnitOfWork

ON = date(2018, 11, 15)


@pytest.fixture
async def client(address: str) -> AsyncIterator[AdvisingClient]:
    async with httpx.AsyncClient() as shared:
        yield AdvisingClient(Service("explorecourses", address, shared))


async def test_before_with_a_record(client: AdvisingClient) -> None:
    found = await client.before("cs 229", Taken(("CS106A", "CS106B")), ON, about="MATH51")
    assert (found.code, found.have) == ("CS229", ("CS106B",))
    assert [(c.met, c.by) for c in found.conditions] == [
        (True, ("CS106B",)), (False, ()), (False, ()),
    ]  # fmt: skip
    assert "CS109 or STATS116" in found.missing
    assert found.route is not None
    assert found.route.courses == sum(len(quarter) for quarter in found.route.quarters) == 5
    assert found.about is not None
    assert (found.about.code, found.about.always) == ("MATH51", True)


async def test_before_with_everything_taken(client: AdvisingClient) -> None:
    found = await client.before("CS231N", Taken(everything=True), ON)
    assert found.missing == ""
    assert found.route is not None
    assert found.route.courses == 0


async def test_after_and_next(client: AdvisingClient) -> None:
    opened = await client.after("CS106B", Taken(), ON)
    assert {"CS107", "CS103"} <= {each.code for each in opened.unlocked}
    assert {each.code: each.still for each in opened.closer}["CS161"] == "CS103 or CS109"
    following = await client.following("CS230", Taken(("CS106B", "MATH51", "CS109")), ON, 5)
    assert len(following) == 5
    assert following[0].builds_on
    assert ("Spring", 2019) in following[0].terms


async def test_what_to_ask_about_a_list(client: AdvisingClient) -> None:
    params = [("topic", "science"), ("academic_start", "2018"), ("limit", "8"), ("offset", "8")]
    skipped = ["topics", "times", "units", "level", "requirements"]
    question = await client.question(params, skipped, 1.0)
    assert question is not None
    assert question.attribute == "subjects"
    assert question.exact
    assert "History" in {choice.label for choice in question.choices}
    assert sum(choice.count for choice in question.choices) <= question.total + 5
    assert await client.question(params, skipped, 1.0) == question  # kept from the first time


async def test_what_is_known_or_tells_little_is_not_asked(client: AdvisingClient) -> None:
    history = [("subject", "history"), ("academic_start", "2018")]
    question = await client.question(history)
    assert question is not None
    assert question.attribute not in ("subjects", "instructors", "days")
    assert await client.question(history, least=20.0) is None
    every = ["topics", "level", "quarters", "units", "times", "requirements"]
    assert await client.question(history, every) is None
    assert await client.question([("q", "CS106A")]) is None


async def test_what_an_answer_counts_is_what_the_search_then_finds(
    client: AdvisingClient,
) -> None:
    params = [("subject", "philosophy"), ("academic_start", "2018")]
    every = ["level", "quarters", "units", "times", "requirements"]
    question = await client.question(params, every)
    assert question is not None
    assert question.attribute == "topics"
    catalogue = ExploreCoursesClient(client.service)
    for choice in question.choices:
        found = await catalogue.search([*params, ("tagged", choice.value)])
        assert found.total == choice.count
    others = [("not_tagged", choice.value) for choice in question.choices]
    assert (await catalogue.search([*params, *others])).total == question.others


async def test_unknown_and_unreadable_courses(client: AdvisingClient) -> None:
    for code in ("CS999", "no code", "../..", ""):
        with pytest.raises(UnknownCourse):
            await client.before(code, Taken(), ON)
    with pytest.raises(InvalidCode):
        await client.after("CS106B", Taken(("??",)), ON)


def test_the_graph_as_json(web: httpx.Client) -> None:
    whole = web.get("/graph").json()
    assert len(whole["nodes"]) > 1000
    near = web.get("/graph", params={"around": "CS229", "limit": 30}).json()
    assert len(near["nodes"]) == 30
    assert near["version"] == whole["version"]


def test_a_graph_that_is_too_large_is_refused(catalogue: UnitOfWork, serve) -> None:
    app, routes = FastAPI(), APIRouter(prefix="/graph")
    problems.install(app)
    add_export(routes, Advising(CatalogueIndex(catalogue)), most=100)
    app.include_router(routes)
    answer = httpx.get(f"{serve(app)}/graph")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/graph-too-large")
    assert answer.json()["most"] == 100


@pytest.mark.parametrize("params", [{"around": "CS229"}, {"subject": "cs"}, {}])
def test_the_graph_as_a_picture(web: httpx.Client, params: dict[str, str]) -> None:
    answer = web.get("/graph", params={**params, "format": "png"})
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/graph?around=CS999", 404, "unknown-course"),
        ("/graph?around=nonsense&format=png", 404, "unknown-course"),
        ("/graph?subject=XX", 404, "unknown-subject"),
        ("/graph?format=pdf", 422, "invalid-request"),
        ("/graph?around=CS229&limit=0", 422, "invalid-request"),
        ("/graph/next/CS230?limit=500", 422, "invalid-request"),
        ("/graph/before/CS229?on=tomorrow", 422, "invalid-request"),
        ("/graph/before/CS229?about=CS999", 404, "unknown-course"),
        ("/graph/question?ask=mood", 422, "invalid-request"),
        ("/graph/question?level=kindergarten", 422, "invalid-filter"),
    ],
)
def test_problems(web: httpx.Client, path: str, status: int, slug: str) -> None:
    answer = web.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{slug}")
