"""The page for people: a course with its sections, a list, nothing; safe against what is in it."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx
import pytest

from knowledge.mocks.explorecourses import create_explorecourses
from knowledge.storage.unit_of_work import UnitOfWork

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "'\"--></title><svg/onload=alert(1)>",
    "{{7*7}}",
    "</style><script>x</script>",
)


class Tags(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def pages(catalogue: UnitOfWork):
    transport = httpx.ASGITransport(app=create_explorecourses(catalogue))
    return httpx.AsyncClient(transport=transport, base_url="http://explorecourses")


async def test_a_course_with_its_sections(pages) -> None:
    answer = await pages.get("/search", params={"q": "CS106A"})
    assert answer.status_code == 200
    for part in ("CS106A: Programming Methodology", "Winter 2019", "Seats left", "noindex",
                 "Prerequisites", "<caption>"):  # fmt: skip
        assert part in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    tags = Tags(answer.text).tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert ("html", {"lang": "en"}) in tags
    labelled = {attributes.get("for") for tag, attributes in tags if tag == "label"}
    assert {attributes["id"] for tag, attributes in tags if tag == "input"} <= labelled


async def test_several_are_listed_and_lead_to_their_pages(pages) -> None:
    answer = await pages.get("/search", params={"q": "history"})
    assert answer.status_code == 200
    links = [a["href"] for tag, a in Tags(answer.text).tags if tag == "a" and a["href"] != "#main"]
    assert len(links) > 3
    assert (await pages.get(f"/search{links[0]}")).status_code == 200


@pytest.mark.parametrize("q", ["CS999", "zzzzqqq"])
async def test_nothing_is_a_page_too(pages, q: str) -> None:
    answer = await pages.get("/search", params={"q": q})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Search courses" in answer.text


async def test_an_empty_question_shows_the_search(pages) -> None:
    assert (await pages.get("/search")).status_code == 200


@pytest.mark.parametrize("attack", ATTACKS)
async def test_words_stay_words(pages, attack: str) -> None:
    page = (await pages.get("/search", params={"q": attack})).text
    tags = Tags(page).tags
    assert not {tag for tag, _ in tags} & {"script", "img", "svg", "iframe", "object"}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    value = next(attributes["value"] for tag, attributes in tags if tag == "input")
    assert value == attack


async def test_titles_stay_words(units: UnitOfWork) -> None:
    with units.write() as work:
        from knowledge.storage.orm import CourseCodeRow, CourseRow

        code = work.session.get_one(CourseCodeRow, "CS106A")
        course = work.session.get_one(CourseRow, code.course_id)
        course.title, course.description = ATTACKS[0], ATTACKS[1]
    transport = httpx.ASGITransport(app=create_explorecourses(units))
    async with httpx.AsyncClient(transport=transport, base_url="http://explorecourses") as web:
        page = (await web.get("/search", params={"q": "CS106A"})).text
    assert not {tag for tag, _ in Tags(page).tags} & {"script", "img"}


async def test_a_filter_that_is_none_is_refused(pages) -> None:
    assert (await pages.get("/search", params={"q": "CS", "quarter": "Fall"})).status_code == 422
