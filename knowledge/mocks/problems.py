"""Refusals as RFC 9457 problem documents, with a stable `type` for each fact."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.routing import Match

from knowledge.errors import QuadError

TYPE_BASE = "https://quad.example/problems/"
MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """A problem document; further members carry the fact's data."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str


def document(error: QuadError) -> dict[str, Any]:
    """The problem document of a typed error."""
    title = error.problem.replace("-", " ").capitalize()
    summary = (type(error).__doc__ or title).split("\n")[0]
    members = {"type": TYPE_BASE + error.problem, "title": title, "status": error.status}
    # The error's own facts come first: none of them may shadow the standard members.
    return {**error.data(), **members, "detail": summary}


def install(app: FastAPI) -> None:
    """Make an app answer every refusal with a problem document."""
    app.add_exception_handler(QuadError, _typed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _typed(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, QuadError):
        raise error
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    wait = error.data().get("retry_after")
    if wait is not None:
        headers = {"Retry-After": str(wait)}
    return _respond(document(error), headers)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [
        {"at": ".".join(map(str, fault["loc"])), "fault": fault["msg"]} for fault in error.errors()
    ]
    return _respond(
        {
            "type": TYPE_BASE + "invalid-request",
            "title": "Invalid request",
            "status": 422,
            "detail": "The request does not have the documented form.",
            "errors": faults,
        }
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    slug = str(error.detail).lower().replace(" ", "-")
    body = {"type": TYPE_BASE + slug, "title": str(error.detail), "status": error.status_code}
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed(request))
    return _respond({**body, "detail": str(error.detail)}, headers)


def _allowed(request: Request) -> list[str]:
    """Every method of that path; Starlette names those of the first route alone."""
    scope = dict(request.scope)
    routes = [r for r in request.app.routes if r.matches(scope)[0] is not Match.NONE]
    return sorted({method for route in routes for method in getattr(route, "methods", None) or ()})


def _respond(body: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(body, status_code=body["status"], headers=headers, media_type=MEDIA_TYPE)
