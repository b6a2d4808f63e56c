"""The client of the knowledge graph, which ExploreCourses serves under `/graph`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from knowledge.clients.http import Service

Terms = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Condition:
    """One of a course's own conditions, whether it is met, and by which courses."""

    text: str
    met: bool
    by: tuple[str, ...]


@dataclass(frozen=True)
class RouteView:
    """The shortest way to a course, quarter by quarter; `consents`: whose instructor must agree;
    `shortest` is False when there were too many ways to look at all of them.
    """

    courses: int
    quarters: tuple[tuple[str, ...], ...]
    consents: tuple[str, ...]
    shortest: bool


@dataclass(frozen=True)
class NeedView:
    """Whether a course is needed before another on every way, or on some."""

    code: str
    always: bool
    possible: bool


@dataclass(frozen=True)
class BeforeView:
    """What comes before a course; `deeper`: what its prerequisites need themselves."""

    code: str
    title: str
    conditions: tuple[Condition, ...]
    deeper: tuple[tuple[str, str], ...]
    have: tuple[str, ...]
    missing: str
    route: RouteView | None
    about: NeedView | None


@dataclass(frozen=True)
class FollowerView:
    """A course that another opens, or of which it leaves something still to be met."""

    code: str
    title: str
    still: str
    terms: Terms


@dataclass(frozen=True)
class AfterView:
    """What a course opens, and what it brings a step closer."""

    unlocked: tuple[FollowerView, ...]
    closer: tuple[FollowerView, ...]


@dataclass(frozen=True)
class SuggestionView:
    """A course to take next, and why."""

    code: str
    title: str
    builds_on: bool
    topics: tuple[str, ...]
    still: str
    terms: Terms


@dataclass(frozen=True)
class ChoiceView:
    """One answer to a question: its value for filters, its name, and how many results have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class QuestionView:
    """What to ask about a list: `attribute` is the filter's key; `exact`: counts are of all;
    `others`: how many results have none of the choices, where that can be searched for.
    """

    attribute: str
    gain: float
    choices: tuple[ChoiceView, ...]
    total: int
    exact: bool
    others: int = 0


@dataclass(frozen=True)
class Taken:
    """The courses a student has; `everything`: whatever is asked for counts as taken."""

    codes: tuple[str, ...] = ()
    everything: bool = False

    def params(self, on: date) -> list[tuple[str, str]]:
        """As the service takes them, judged on a day."""
        every = [("done", "all")] if self.everything else []
        return [("on", on.isoformat()), *every, *(("done", code) for code in self.codes)]


@dataclass(frozen=True)
class AdvisingClient:
    """Questions to the knowledge graph; they raise UnknownCourse."""

    service: Service

    async def before(
        self, code: str, taken: Taken, on: date, about: str | None = None
    ) -> BeforeView:
        """What comes before a course."""
        params = [*taken.params(on), *([("about", about)] if about else [])]
        return await self.service.call("GET", _path("before", code), params=params, read=_before)

    async def after(self, code: str, taken: Taken, on: date) -> AfterView:
        """What a course opens."""
        path = _path("after", code)
        return await self.service.call("GET", path, params=taken.params(on), read=_after)

    async def following(
        self, code: str, taken: Taken, on: date, limit: int
    ) -> tuple[SuggestionView, ...]:
        """What to take next after a course, best first."""
        path, params = _path("next", code), [*taken.params(on), ("limit", str(limit))]
        return await self.service.call("GET", path, params=params, read=_suggestions)

    async def question(
        self, params: Iterable[tuple[str, str]], skip: Iterable[str] = (), least: float = 0.0
    ) -> QuestionView | None:
        """What to ask about a search's results; None when nothing but what is to be skipped tells
        `least` bits.
        """
        given = [*params, *(("skip", each) for each in skip), ("least", str(least))]
        return await self.service.call("GET", "/graph/question", params=given, read=_question)


def _path(kind: str, code: str) -> str:
    """One path segment for the code: a slash or dots alone would name another path."""
    segment = code.replace("/", " ").replace(".", " ").strip() or "-"
    return f"/graph/{kind}/{quote(segment, safe='')}"


def _before(data: dict[str, Any]) -> BeforeView:
    about, route = data.get("about"), data["route"]
    return BeforeView(
        code=data["code"],
        title=data["title"],
        conditions=tuple(
            Condition(item["text"], item["met"], tuple(item["by"])) for item in data["conditions"]
        ),
        deeper=tuple((item["code"], item["needs"]) for item in data["deeper"]),
        have=tuple(data["have"]),
        missing=data["missing"],
        route=_route(route) if route is not None else None,
        about=NeedView(about["code"], about["always"], about["possible"]) if about else None,
    )


def _route(data: dict[str, Any]) -> RouteView:
    quarters = (tuple(step["code"] for step in quarter) for quarter in data["quarters"])
    return RouteView(data["courses"], tuple(quarters), tuple(data["consents"]), data["shortest"])


def _terms(data: list[dict[str, Any]]) -> Terms:
    return tuple((term["quarter"], term["year"]) for term in data)


def _follower(data: dict[str, Any]) -> FollowerView:
    return FollowerView(data["code"], data["title"], data["still"], _terms(data["terms"]))


def _after(data: dict[str, Any]) -> AfterView:
    return AfterView(
        tuple(_follower(item) for item in data["unlocked"]),
        tuple(_follower(item) for item in data["closer"]),
    )


def _suggestions(data: dict[str, Any]) -> tuple[SuggestionView, ...]:
    return tuple(
        SuggestionView(
            item["code"],
            item["title"],
            item["builds_on"],
            tuple(item["topics"]),
            item["still"],
            _terms(item["terms"]),
        )
        for item in data["suggestions"]
    )


def _question(data: dict[str, Any]) -> QuestionView | None:
    asked = data["question"]
    if asked is None:
        return None
    choices = (ChoiceView(c["value"], c["label"], c["count"]) for c in asked["choices"])
    exact = data["considered"] == data["total"]
    return QuestionView(
        asked["attribute"], asked["gain"], tuple(choices), data["total"], exact, asked["others"]
    )
