"""Signing in with a rater's or an admin's token, and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Form as Field
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.review.desk import COOKIE, ROLES, Desk, Filled
from knowledge.errors import NotSignedIn

routes = APIRouter()


def sign_in_page(
    desk: Desk, status: int, *, refused: bool = False, expired: bool = False, back: str = ""
) -> HTMLResponse:
    """The page that asks for a token."""
    facts = {"refused": refused, "expired": expired, "back": back}
    return HTMLResponse(desk.render("review/sign_in.html", "", "", **facts), status)


@routes.get("/sign-in")
def ask(request: Request) -> HTMLResponse:
    """The page by itself."""
    return sign_in_page(request.app.state.desk, 200)


@routes.post("/sign-in")
def sign_in(
    request: Request, token: Annotated[str, Field()] = "", back: Annotated[str, Field()] = ""
) -> Response:
    """Keep a rater's or admin's token in the session's cookie."""
    desk: Desk = request.app.state.desk
    token, back = token.strip(), _ours(back, desk.path)
    try:
        may = desk.gate.verify(token).role in ROLES
    except NotSignedIn:
        may = False
    if not may:
        return sign_in_page(desk, 401, refused=True, back=back)
    response = RedirectResponse(back, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="strict", path=desk.path, secure=secure
    )
    return response


@routes.post("/sign-out")
def sign_out(request: Request, form: Filled) -> Response:
    """Forget the cookie."""
    desk: Desk = request.app.state.desk
    response = RedirectResponse(f"{desk.path}/sign-in", 303)
    response.delete_cookie(COOKIE, path=desk.path)
    return response


def _ours(back: str, path: str) -> str:
    """Only a page of ours, never another site."""
    local = back.startswith(f"{path}/") and "\\" not in back and "//" not in back
    return back if local and back.isprintable() else f"{path}/"
