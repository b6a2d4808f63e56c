"""The knowledge graph over HTTP, under ExploreCourses' `/graph`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from knowledge.catalogue.graph.advisor import Advising, Advisor, nobody_asked
from knowledge.catalogue.graph.asking import CONSIDERED, Asking, known
from knowledge.catalogue.graph.habits import Asked, Attribute
from knowledge.catalogue.graph.question import ASKED, ENOUGH, worth_asking
from knowledge.catalogue.graph.standing import Standing
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.titles import meant
from knowledge.errors import InvalidCode, UnknownCourse
from knowledge.mocks import explorecourses_graph_json as as_json
from knowledge.mocks.explorecourses_filters import read_query
from knowledge.mocks.explorecourses_graph_export import add_export
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course

_OWN = frozenset({"ask", "skip", "least"})  # parameters of a question that no search has
_EVERYTHING = "all"
Done = Annotated[
    list[str], Query(max_length=200, description="courses taken: a code each, or `all`")
]
On = Annotated[date | None, Query(description="the day to judge from; today by default")]


def router(index: CatalogueIndex, asked: Callable[[], Iterable[Asked]] = nobody_asked) -> APIRouter:
    """The routes on one catalogue; `asked` reads the filters of logged conversations."""
    advising = Advising(index, asked)
    routes = APIRouter(prefix="/graph", tags=["knowledge graph"])
    _add_before(routes, advising)
    _add_after(routes, advising)
    _add_next(routes, advising)
    _add_question(routes, Asking(index, advising), index)
    add_export(routes, advising)
    return routes


def _add_before(routes: APIRouter, advising: Advising) -> None:
    @routes.get("/before/{code}")
    def before(
        code: str,
        done: Done = [],  # noqa: B006
        on: On = None,
        about: str | None = None,
    ) -> dict[str, Any]:
        """All that comes before a course, and the shortest way; `about`: is that one needed?"""
        advisor = advising.current()
        course, standing, today = _course(advisor, code), _standing(advisor, done), _day(on)
        answer = as_json.before(advisor, advisor.before(course, standing, today), standing)
        if about is not None:
            answer["about"] = _about(advisor, course, _course(advisor, about), today)
        return answer


def _add_after(routes: APIRouter, advising: Advising) -> None:
    @routes.get("/after/{code}")
    def after(code: str, done: Done = [], on: On = None) -> dict[str, Any]:  # noqa: B006
        """What a course opens now, and what it brings a step closer."""
        advisor, today = advising.current(), _day(on)
        course = _course(advisor, code)
        answer = advisor.after(course, _standing(advisor, done), today)
        listed = {"unlocked": answer.unlocked, "closer": answer.closer}
        return {
            **as_json.named(course),
            **{
                kind: [as_json.follower(f, advisor.coming(f.course, today)) for f in followers]
                for kind, followers in listed.items()
            },
        }


def _add_next(routes: APIRouter, advising: Advising) -> None:
    @routes.get("/next/{code}")
    def following(
        code: str,
        done: Done = [],  # noqa: B006
        on: On = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 6,
    ) -> dict[str, Any]:
        """What to take after a course, best first, with reasons; only what is still to come."""
        advisor, today = advising.current(), _day(on)
        course = _course(advisor, code)
        found = advisor.next_after(course, _standing(advisor, done), today)[:limit]
        shown = [as_json.suggestion(s, advisor.coming(s.course, today)) for s in found]
        return {**as_json.named(course), "suggestions": shown}


def _add_question(routes: APIRouter, asking: Asking, index: CatalogueIndex) -> None:
    @routes.get("/question")
    def question(
        request: Request,
        ask: Annotated[
            list[Attribute],
            Query(description="what may be asked for; what the chat asks by default"),
        ] = [],  # noqa: B006
        skip: Annotated[
            list[Attribute], Query(description="what was asked already, with or without success")
        ] = [],  # noqa: B006
        least: Annotated[float, Query(ge=0, le=20, description="bits it must tell")] = 0.0,
    ) -> dict[str, Any]:
        """What to ask so that few of a search's results are left; takes a search's parameters."""
        snapshot = index.current()
        pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in _OWN]
        query = meant(snapshot, read_query(pairs, snapshot, CONSIDERED))
        found = asking.about(query)
        allowed = (frozenset(ask) or ASKED) - known(query) - frozenset(skip)
        best = worth_asking(found.questions, found.considered, allowed, least)
        return {
            "total": found.total,
            "considered": found.considered,
            "enough": ENOUGH,
            "question": as_json.question(snapshot.departments, best) if best is not None else None,
        }


def _about(advisor: Advisor, course: Course, other: Course, today: date) -> dict[str, Any]:
    """Whether every way to a course leads over another one, or some way does."""
    nothing_done = advisor.standing(())
    possible = other.course_id in advisor.behind(course)
    always = possible and advisor.needs(course, other, nothing_done, today)
    return {**as_json.named(other), "always": always, "possible": possible}


def _course(advisor: Advisor, code: str) -> Course:
    try:
        return advisor.course(str(CourseCode.parse(code)))
    except InvalidCode as error:
        raise UnknownCourse(code) from error


def _standing(advisor: Advisor, done: list[str]) -> Standing:
    named = [code for code in done if code.lower() != _EVERYTHING]
    return advisor.standing(map(CourseCode.parse, named), all_met=len(named) < len(done))


def _day(on: date | None) -> date:
    return on or date.today()
