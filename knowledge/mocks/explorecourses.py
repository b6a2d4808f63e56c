"""ExploreCourses: the catalogue over HTTP, mounted by the site at `/explorecourses`."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from knowledge.catalogue.graph.advisor import nobody_asked
from knowledge.catalogue.graph.habits import Asked
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.meanings import Meanings
from knowledge.catalogue.subjects import subject_codes
from knowledge.catalogue.titles import candidates, meant, suggestions
from knowledge.errors import InvalidCode, UnknownCourse
from knowledge.formats.views import View
from knowledge.insights.logged import logged_filters
from knowledge.insights.questions import QuestionRecorder
from knowledge.insights.searches import searched
from knowledge.mocks import explorecourses_json as as_json
from knowledge.mocks import explorecourses_xml as as_xml
from knowledge.mocks import problems
from knowledge.mocks.explorecourses_facets import InvalidFilter, read_facets
from knowledge.mocks.explorecourses_filters import read_query
from knowledge.mocks.explorecourses_graph import router as graph_router
from knowledge.mocks.explorecourses_search import ticked
from knowledge.mocks.questions import Verify, add_questions
from knowledge.model.codes import CourseCode
from knowledge.storage.unit_of_work import UnitOfWork

_XML_VIEWS = frozenset(View)


def create_explorecourses(
    units: UnitOfWork,
    meanings: Meanings | None = None,
    recorder: QuestionRecorder | None = None,
    verify: Verify | None = None,
) -> FastAPI:
    """The ExploreCourses app on one database.

    Without `meanings`, words alone rank; with a recorder, what is asked is kept.
    """
    app = FastAPI(
        title="ExploreCourses (mock)",
        version="1.0.0",
        docs_url=None,  # the interactive pages load scripts from elsewhere
        redoc_url=None,
        description="A sample catalogue; teaching assignments, rooms and seats are synthetic.",
    )
    problems.install(app)
    index = CatalogueIndex(units, meanings)
    if meanings is not None:
        index.warm_up()
    _add_catalogue(app, index, recorder)
    _add_lookups(app, index)
    asked = (lambda: map(Asked, logged_filters(units))) if recorder is not None else nobody_asked
    app.include_router(graph_router(index, asked))
    if recorder is not None and verify is not None:
        add_questions(app, recorder, verify)
    return app


def _add_catalogue(app: FastAPI, index: CatalogueIndex, recorder: QuestionRecorder | None) -> None:
    @app.get("/", response_class=Response)
    def departments(view: str = "xml-20200810") -> Response:
        """Schools and departments, as XML."""
        if view not in _XML_VIEWS:
            raise InvalidFilter("view", view)
        return Response(as_xml.departments(index.current()), media_type="text/xml")

    @app.get("/search")
    def find(request: Request, view: str = "json", q: str = "") -> Response:
        """Search with the original's filters, or with the JSON view's own parameters."""
        if view != "json" and view not in _XML_VIEWS:
            raise InvalidFilter("view", view)
        pairs = request.query_params.multi_items()
        if view == "json":
            snapshot = index.current()
            query = meant(snapshot, read_query(pairs, snapshot, 10))
            page = ticked(index, query, read_facets(pairs))
            if recorder is not None:
                recorder.note(searched(pairs, page.total))
            return JSONResponse(as_json.page(snapshot, query, page))
        return StreamingResponse(as_xml.courses(index, pairs, View(view)), media_type="text/xml")

    @app.get("/courses/{code}")
    def course(code: str) -> JSONResponse:
        """One course with all its sections."""
        snapshot = index.current()
        found = snapshot.by_code.get(_canonical(code))
        if found is None:
            raise UnknownCourse(code)
        sections = index.with_seats(snapshot.sections[found.course_id])
        return JSONResponse(as_json.course(snapshot, found, sections))


def _add_lookups(app: FastAPI, index: CatalogueIndex) -> None:
    @app.get("/titles")
    def titles(q: str = Query(min_length=1, max_length=300)) -> list[dict[str, Any]]:
        """Courses that a title as typed may mean, best first."""
        return [
            {"code": str(c.course.code), "title": c.course.title, "score": round(c.score, 1)}
            for c in candidates(index.current(), q)
        ]

    @app.get("/suggestions/{code}")
    def near(code: str) -> list[dict[str, Any]]:
        """Courses that an unknown code may have meant."""
        found = suggestions(index.current(), code)
        return [{"code": str(c.code), "title": c.title, "score": 0.0} for c in found]

    @app.get("/subjects")
    def subjects(q: str = Query(min_length=1, max_length=300)) -> list[str]:
        """Subject codes that a text names."""
        return subject_codes(index.current(), q)

    @app.get("/terms")
    def terms() -> list[dict[str, Any]]:
        """All terms with their dates."""
        return [
            {
                "quarter": dates.term.quarter.value,
                "year": dates.term.year,
                "starts": dates.starts.isoformat(),
                "ends": dates.ends.isoformat(),
                "enroll_opens": dates.enroll_opens.isoformat(),
                "enroll_closes": dates.enroll_closes.isoformat(),
                "drop_by": dates.drop_by.isoformat(),
                "withdraw_by": dates.withdraw_by.isoformat() if dates.withdraw_by else None,
            }
            for dates in index.current().calendar.terms
        ]


def _canonical(code: str) -> str:
    try:
        return str(CourseCode.parse(code))
    except InvalidCode:
        return code
