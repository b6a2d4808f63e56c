"""Every refusal as a page that says what happened and what to do; texts are in `problem.html`."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from bot.web.admin.desk import Desk, Visitor, render, signed_in
from bot.web.desk import back_to
from knowledge.errors import NotSignedIn, QuadError


def install(app: FastAPI) -> None:
    """Make the admin app answer refusals with pages."""
    app.add_exception_handler(QuadError, _typed)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)


def _typed(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, QuadError):
        raise error
    if isinstance(error, NotSignedIn):
        desk: Desk = request.app.state.desk
        return desk.ask(401, reason=error.reason, back=back_to(request))
    return _page(request, error.problem, error.status, error.data())


def _unreadable(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = sorted({str(fault["loc"][-1]) for fault in error.errors()})
    # A path that is no number names no page; anything else is a form or filter that is off.
    in_path = all(fault["loc"][0] == "path" for fault in error.errors())
    slug, status = ("no-such-page", 404) if in_path else ("form-incomplete", 422)
    return _page(request, slug, status, {"field": ", ".join(fields)})


def _http(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, HTTPException):
        raise error
    slug = {404: "no-such-page", 405: "no-such-page"}.get(error.status_code, "form-incomplete")
    return _page(request, slug, error.status_code, {"field": str(error.detail)})


def _page(request: Request, slug: str, status: int, data: dict[str, object]) -> HTMLResponse:
    visitor = _visitor(request)
    if visitor is not None:
        return visitor.page("problem.html", status, slug=slug, data=data)
    return HTMLResponse(render("problem.html", "", "", slug=slug, data=data), status)


def _visitor(request: Request) -> Visitor | None:
    try:
        return signed_in(request)
    except QuadError:
        return None
