"""Signing in with an admin's token, and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Form as Field
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.admin.desk import COOKIE, TEMPLATES, Desk, Filled
from knowledge.errors import NotSignedIn
from knowledge.model.students import Role

routes = APIRouter()
_PATH = "/admin"


def sign_in_page(
    status: int, *, refused: bool = False, expired: bool = False, back: str = ""
) -> HTMLResponse:
    """The page that asks for a token."""
    text = TEMPLATES.get_template("sign_in.html").render(
        refused=refused, expired=expired, back=back
    )
    return HTMLResponse(text, status)


@routes.get("/sign-in")
def ask() -> HTMLResponse:
    """The page by itself."""
    return sign_in_page(200)


@routes.post("/sign-in")
def sign_in(
    request: Request, token: Annotated[str, Field()] = "", back: Annotated[str, Field()] = ""
) -> Response:
    """Keep an admin's token in the session's cookie."""
    desk: Desk = request.app.state.desk
    token = token.strip()
    try:
        admin = desk.gate.verify(token).role is Role.ADMIN
    except NotSignedIn:
        admin = False
    if not admin:
        return sign_in_page(401, refused=True, back=_ours(back))
    response = RedirectResponse(_ours(back), 303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path=_PATH, secure=secure)
    return response


@routes.post("/sign-out")
def sign_out(form: Filled) -> Response:
    """Forget the cookie."""
    response = RedirectResponse(f"{_PATH}/sign-in", 303)
    response.delete_cookie(COOKIE, path=_PATH)
    return response


def _ours(back: str) -> str:
    """Only a page of ours, never another site."""
    local = back.startswith(f"{_PATH}/") and "\\" not in back and "//" not in back
    return back if local and back.isprintable() else f"{_PATH}/"
