"""Who is signed in to a page for raters, the checked form, and the common frame of its pages."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.identity import Gate
from bot.web.admin.desk import Form
from bot.web.admin.refusals import FormIncomplete
from knowledge.errors import NotPermitted, NotSignedIn
from knowledge.model.students import Role

COOKIE = "quad_rater"
ROLES = frozenset({Role.ADMIN, Role.RATER})
_FORM_ID = range(16, 65)  # lengths that a form's own number may have
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Desk:
    """Where an app for raters stands and what it is called: "/rate", "Rating"; one an app."""

    gate: Gate
    path: str
    title: str

    def form_key(self, token: str) -> str:
        """What a form must carry: nobody without this session's token can make it."""
        said = b"review form\0" + self.path.encode() + b"\0" + token.encode()
        return hmac.new(self.gate.secret.encode(), said, hashlib.sha256).hexdigest()

    def render(self, name: str, visitor: str, form_key: str, **facts: Any) -> str:
        """A template in the common frame; `visitor` is "" for those who are not signed in."""
        frame = {"path": self.path, "title": self.title, "visitor": visitor, "form_key": form_key}
        numbered = {"form_id": lambda: secrets.token_hex(16)}
        return _TEMPLATES.get_template(name).render(**frame, **numbered, **facts)


@dataclass(frozen=True)
class Visitor:
    """A rater, or an admin, who is signed in."""

    name: str
    form_key: str
    desk: Desk

    def page(self, name: str, /, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page in the common frame; each of its forms has a number of its own."""
        return HTMLResponse(self.desk.render(name, self.name, self.form_key, **facts), status)


def signed_in(request: Request) -> Visitor:
    """Who the session's cookie speaks for; raise NotSignedIn, or NotPermitted for other roles."""
    desk: Desk = request.app.state.desk
    token = request.cookies.get(COOKIE)
    if not token:
        raise NotSignedIn("missing")
    principal = desk.gate.verify(token)
    if principal.role not in ROLES:
        raise NotPermitted
    return Visitor(principal.subject[:80], desk.form_key(token), desk)


Rater = Annotated[Visitor, Depends(signed_in)]


async def checked_form(request: Request, rater: Rater) -> Form:
    """The form of this request; raise NotPermitted when its key is not this session's."""
    async with request.form(max_files=0, max_fields=100) as sent:
        fields = {name: str(value).replace("\r\n", "\n") for name, value in sent.items()}
    if not hmac.compare_digest(fields.get("form_key", "").encode(), rater.form_key.encode()):
        raise NotPermitted
    form_id = fields.get("form_id", "")
    if len(form_id) not in _FORM_ID or not form_id.isascii() or not form_id.isalnum():
        raise FormIncomplete("form_id")
    return Form(request.url.path, form_id, fields)


Filled = Annotated[Form, Depends(checked_form)]
