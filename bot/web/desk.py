"""What `/admin`, `/label` and `/rate` share: who is signed in, form keys, templates, signing in.

One signs in with the university (`/sign-in?next=…`) or, at the command line's own risk, with a
token of `python -m bot.identity issue`; either is kept in an HttpOnly, SameSite=Strict cookie for
the pages of one app alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Form as Field
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.identity import Gate
from bot.identity.service import Identity
from bot.web import browser_cookies
from bot.web.browser_cookies import Kept
from bot.web.forms import bound_key
from knowledge.errors import NotPermitted, NotSignedIn
from knowledge.model.students import Principal

_TEMPLATES = Path(__file__).parent / "templates"
_OVER = frozenset({"expired", "ended"})


def templates(folder: str = "") -> Environment:
    """The pages below a folder; whatever is put into them is text."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES / folder),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in at a desk, and the key that their forms carry."""

    principal: Principal
    form_key: str


@dataclass(frozen=True)
class Desk(ABC):
    """An app for staff: its identity service and its cookie; one stands in `app.state.desk`."""

    identity: Identity
    kept: Kept

    @property
    def gate(self) -> Gate:
        """Checks tokens."""
        return self.identity.gate

    def session(self, request: Request) -> Session:
        """Who the cookie speaks for; raise NotSignedIn, or NotPermitted for other roles."""
        token = request.cookies.get(self.kept.name)
        if not token:
            raise NotSignedIn("missing")
        principal = self.gate.verify(token)
        if principal.role not in self.kept.roles:
            raise NotPermitted
        return Session(principal, self.form_key(token))

    def form_key(self, token: str) -> str:
        """What a form must carry: nobody without this session's token can make it."""
        return bound_key(self.gate.secret, "form", self.kept.path, token)

    @abstractmethod
    def sign_in_page(self, *, refused: bool, expired: bool, back: str) -> str:
        """The page that offers both ways to sign in."""

    def ask(
        self, status: int, *, refused: bool = False, reason: str = "", back: str = ""
    ) -> HTMLResponse:
        """The sign-in page as an answer; `reason` is why the session no longer counts."""
        page = self.sign_in_page(refused=refused, expired=reason in _OVER, back=back)
        return HTMLResponse(page, status)


def back_to(request: Request) -> str:
    """Where to go after signing in: the page that was asked for, if it can be asked for again."""
    if request.method != "GET":
        return ""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"[:500]


def sign_in_routes() -> APIRouter:
    """Signing in with a pasted token, and the page for it; signing out has a form of the app's."""
    routes = APIRouter()

    @routes.get("/sign-in")
    def ask(request: Request) -> HTMLResponse:
        """The page by itself."""
        desk: Desk = request.app.state.desk
        return desk.ask(200)

    @routes.post("/sign-in")
    def sign_in(
        request: Request, token: Annotated[str, Field()] = "", back: Annotated[str, Field()] = ""
    ) -> Response:
        """Keep a staff member's token in the session's cookie."""
        desk: Desk = request.app.state.desk
        browser_cookies.must_be_ours(request, desk.identity.settings.site_url)
        token, back = token.strip(), browser_cookies.own_page(back, desk.kept.path)
        try:
            may = desk.gate.verify(token).role in desk.kept.roles
        except NotSignedIn:
            may = False
        if not may:
            return desk.ask(401, refused=True, back=back)
        response = RedirectResponse(back, 303)
        browser_cookies.keep(response, request, desk.kept, token)
        return response

    return routes


def sign_out(request: Request) -> Response:
    """End the sign-in of this session and forget its cookie."""
    desk: Desk = request.app.state.desk
    response = RedirectResponse(f"{desk.kept.path}/sign-in", 303)
    browser_cookies.end(desk.identity, request, response, desk.kept)
    return response
