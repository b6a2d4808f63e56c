"""`GET /graph`: the knowledge graph as JSON or as a picture."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from knowledge.catalogue.graph.advisor import Advising
from knowledge.catalogue.graph.export import (
    AROUND,
    MOST,
    GraphTooLarge,
    Pictures,
    View,
    as_json,
    part,
)
from knowledge.errors import InvalidCode, UnknownCourse


class Format(StrEnum):
    """What the graph comes as."""

    JSON = "json"
    PNG = "png"


def add_export(routes: APIRouter, advising: Advising, most: int = MOST) -> None:
    """Add the export to the graph's routes; `most`: nodes of one answer."""
    pictures = Pictures()

    @routes.get("", response_class=Response)
    def graph(
        around: Annotated[str, Query(max_length=20)] = "",
        subject: Annotated[str, Query(max_length=20)] = "",
        format: Format = Format.JSON,
        limit: Annotated[int, Query(ge=1, le=500)] = AROUND,
    ) -> Response:
        """Around a course (its `limit` nearest nodes), of a subject, or all of it."""
        advisor, view = advising.current(), View(around.strip(), subject.strip())
        try:
            if format is Format.PNG:
                return Response(pictures.get(advisor, view), media_type="image/png")
            found = part(advisor, view, limit)
        except InvalidCode as error:
            raise UnknownCourse(around) from error
        if len(found.nodes) > most:
            raise GraphTooLarge(len(found.nodes), most)
        return JSONResponse(as_json(found))
