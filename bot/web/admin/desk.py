"""What every admin page has: who is signed in, the services, the checked form, the templates."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.identity import Gate
from bot.web.admin.figure_cache import FigureCache
from bot.web.admin.jobs import ImportJobs
from bot.web.admin.refusals import FormIncomplete
from knowledge.errors import NotPermitted, NotSignedIn
from knowledge.model.students import Role
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

COOKIE = "quad_admin"
_FORM_ID = range(16, 65)  # lengths that a form's own number may have
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates" / "admin"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Desk:
    """The services behind the pages; one an app."""

    settings: Settings
    gate: Gate
    units: UnitOfWork
    jobs: ImportJobs
    figures: FigureCache

    def form_key(self, token: str) -> str:
        """What a form must carry: nobody without this session's token can make it."""
        secret = self.gate.secret.encode()
        return hmac.new(secret, b"admin form\0" + token.encode(), hashlib.sha256).hexdigest()

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
        text = TEMPLATES.get_template(name).render(
            visitor=self.name,
            form_key=self.form_key,
            form_id=lambda: secrets.token_hex(16),
            **facts,
        )
        return HTMLResponse(text, status)


def render(name: str, visitor: str, form_key: str, **facts: Any) -> str:
    """A template in the common frame; `visitor` is "" for those who are not signed in."""
    frame = {"visitor": visitor, "form_key": form_key, "form_id": lambda: secrets.token_hex(16)}
    return TEMPLATES.get_template(name).render(**frame, **facts)


@dataclass(frozen=True)
class Form:
    """A sent form whose key was right: its fields, and the number under which it acts once."""

    path: str
    form_id: str
    fields: dict[str, str]

    def text(self, name: str, default: str | None = None) -> str:
        """A field; raise FormIncomplete when it is not there and has no default."""
        found = self.fields.get(name, default)
        if found is None:
            raise FormIncomplete(name)
        return found

    def number(self, name: str) -> int:
        """A field that holds a whole number; raise FormIncomplete."""
        text = self.text(name).strip()
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise FormIncomplete(name)
        return int(text)


def signed_in(request: Request) -> Visitor:
    """The admin of the session's cookie; raise NotSignedIn, or NotPermitted for others' tokens."""
    desk: Desk = request.app.state.desk
    token = request.cookies.get(COOKIE)
    if not token:
        raise NotSignedIn("missing")
    principal = desk.gate.verify(token)
    if principal.role is not Role.ADMIN:
        raise NotPermitted
    return Visitor(principal.subject, desk.form_key(token), desk)


Admin = Annotated[Visitor, Depends(signed_in)]


async def checked_form(request: Request, admin: Admin) -> Form:
    """The form of this request; raise NotPermitted when its key is not this session's."""
    async with request.form(max_files=0, max_fields=400) as sent:
        fields = {name: str(value).replace("\r\n", "\n") for name, value in sent.items()}
    check_key(admin, fields.get("form_key", ""))
    form_id = fields.get("form_id", "")
    if len(form_id) not in _FORM_ID or not form_id.isascii() or not form_id.isalnum():
        raise FormIncomplete("form_id")
    return Form(request.url.path, form_id, fields)


def check_key(admin: Visitor, key: str) -> None:
    """Raise NotPermitted unless the key is this session's."""
    if not hmac.compare_digest(key.encode(), admin.form_key.encode()):
        raise NotPermitted


Filled = Annotated[Form, Depends(checked_form)]
