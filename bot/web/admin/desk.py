"""What every admin page has: who is signed in, the services, the checked form, the templates."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from bot.web import desk, forms
from bot.web.admin.figure_cache import FigureCache
from bot.web.admin.jobs import ImportJobs
from bot.web.forms import Form
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

TEMPLATES = desk.templates("admin")
_MOST_FIELDS = 400


@dataclass(frozen=True)
class Desk(desk.Desk):
    """The services behind the pages; one an app."""

    settings: Settings
    units: UnitOfWork
    jobs: ImportJobs
    figures: FigureCache

    def sign_in_page(self, *, refused: bool, expired: bool, back: str) -> str:
        """The page that offers both ways to sign in."""
        facts = {"refused": refused, "expired": expired, "back": back}
        return TEMPLATES.get_template("sign_in.html").render(**facts)

    @property
    def today(self) -> date:
        """The academic day."""
        return self.settings.clock()


@dataclass(frozen=True)
class Visitor:
    """An admin who is signed in."""

    name: str
    form_key: str
    desk: Desk

    @property
    def actor(self) -> str:
        """How the audit log names them."""
        return f"admin:{self.name}"[:80]

    @property
    def units(self) -> UnitOfWork:
        """The database."""
        return self.desk.units

    def page(self, name: str, /, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page in the common frame; each of its forms acts once under `form_id()`."""
        return HTMLResponse(render(name, self.name, self.form_key, **facts), status)


def render(name: str, visitor: str, form_key: str, **facts: Any) -> str:
    """A template in the common frame; `visitor` is "" for those who are not signed in."""
    frame = {"visitor": visitor, "form_key": form_key, "form_id": lambda: secrets.token_hex(16)}
    return TEMPLATES.get_template(name).render(**frame, **facts)


def signed_in(request: Request) -> Visitor:
    """The admin of the session's cookie; raise NotSignedIn, or NotPermitted for others' tokens."""
    desk: Desk = request.app.state.desk
    session = desk.session(request)
    return Visitor(session.principal.subject, session.form_key, desk)


Admin = Annotated[Visitor, Depends(signed_in)]


async def checked_form(request: Request, admin: Admin) -> Form:
    """The form of this request; raise NotPermitted when its key is not this session's."""
    return await forms.checked(request, admin.form_key, _MOST_FIELDS)


Filled = Annotated[Form, Depends(checked_form)]
