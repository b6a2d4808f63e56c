"""Who is signed in to a page for raters, the checked form, and the common frame of its pages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from bot.web import desk, forms
from bot.web.forms import Form
from knowledge.model.students import Role

_TEMPLATES = desk.templates()
_MOST_FIELDS = 100


@dataclass(frozen=True)
class Desk(desk.Desk):
    """Where an app for raters stands and what it is called: "/rate", "Rating"; one an app."""

    title: str

    @property
    def path(self) -> str:
        """Where the app is mounted."""
        return self.kept.path

    def sign_in_page(self, *, refused: bool, expired: bool, back: str) -> str:
        """The page that offers both ways to sign in."""
        facts = {"refused": refused, "expired": expired, "back": back}
        return self.render("review/sign_in.html", "", "", **facts)

    def render(self, name: str, visitor: str, form_key: str, **facts: Any) -> str:
        """A template in the common frame; `visitor` is "" for those who are not signed in."""
        frame = {"path": self.path, "title": self.title, "visitor": visitor, "form_key": form_key}
        numbered = {"form_id": lambda: secrets.token_hex(16)}
        return _TEMPLATES.get_template(name).render(**frame, **numbered, **facts)


@dataclass(frozen=True)
class Visitor:
    """A rater, or an admin, who is signed in."""

    name: str
    role: Role
    form_key: str
    desk: Desk

    def page(self, name: str, /, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page in the common frame; each of its forms has a number of its own."""
        return HTMLResponse(self.desk.render(name, self.name, self.form_key, **facts), status)


def signed_in(request: Request) -> Visitor:
    """Who the session's cookie speaks for; raise NotSignedIn, or NotPermitted for other roles."""
    desk: Desk = request.app.state.desk
    session = desk.session(request)
    principal = session.principal
    return Visitor(principal.subject[:80], principal.role, session.form_key, desk)


Rater = Annotated[Visitor, Depends(signed_in)]


async def checked_form(request: Request, rater: Rater) -> Form:
    """The form of this request; raise NotPermitted when its key is not this session's."""
    return await forms.checked(request, rater.form_key, _MOST_FIELDS)


Filled = Annotated[Form, Depends(checked_form)]
