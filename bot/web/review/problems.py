"""Every refusal as a page that says what happened and what to do; texts are in `problem.html`."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from bot.web.desk import back_to
from bot.web.review.desk import Desk, signed_in
from knowledge.errors import NotSignedIn, QuadError


def install(app: FastAPI) -> None:
    """Make an app for raters answer refusals with pages."""
    app.add_exception_handler(QuadError, _typed)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)


def _typed(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, QuadError):
        raise error
    if isinstance(error, NotSignedIn):
        desk: Desk = request.app.state.desk
        return desk.ask(401, reason=error.reason, back=back_to(request))
    return _page(request, error.problem, error.status)


def _unreadable(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    # A path that is no number names no page; anything else is a form that is off.
    in_path = all(fault["loc"][0] == "path" for fault in error.errors())
    return _page(request, *(("no-such-page", 404) if in_path else ("form-incomplete", 422)))


def _http(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, HTTPException):
        raise error
    absent = error.status_code in (404, 405)
    return _page(request, "no-such-page" if absent else "form-incomplete", error.status_code)


def _page(request: Request, slug: str, status: int) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    try:
        return signed_in(request).page("review/problem.html", status, slug=slug)
    except QuadError:
        return HTMLResponse(desk.render("review/problem.html", "", "", slug=slug), status)
