"""`/admin`: a plain page for admins: find a course's sections, change their seats, read the audit.

Signing in means pasting a token of `python -m bot.identity issue --suid NAME --role admin`; it is
kept in an HttpOnly cookie, and every form carries a key bound to it against forged requests.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Cookie, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.identity import Gate
from knowledge.errors import InvalidCode, NotPermitted, NotSignedIn, UnknownCourse
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Section
from knowledge.model.students import Principal, Role
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork

_COOKIE = "quad_admin"
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape()
)
Token = Annotated[str | None, Cookie(alias=_COOKIE)]


def router(gate: Gate, units: UnitOfWork, clock: Callable[[], date]) -> APIRouter:
    """The admin routes."""
    routes = APIRouter(prefix="/admin", include_in_schema=False)

    @routes.get("")
    def page(token: Token = None, code: str = "") -> HTMLResponse:
        principal = _admin(gate, token)
        if principal is None or token is None:
            return HTMLResponse(_render("sign_in.html"))
        sections, known = _sections(units, code)
        with units.read() as work:
            audit = [
                {"at": row.at, "actor": row.actor, "act": row.act, "key": row.key}
                for row in work.audit.latest(30)
            ]
        facts = {"name": principal.subject, "code": code, "known": known, "audit": audit}
        key = _form_key(gate, token)
        return HTMLResponse(_render("admin.html", sections=sections, form_key=key, **facts))

    @routes.post("/sign-in")
    def sign_in(token: Annotated[str, Form()]) -> Response:
        if _admin(gate, token.strip()) is None:
            return HTMLResponse(_render("sign_in.html", refused=True), status_code=401)
        response = RedirectResponse("/admin", status_code=303)
        response.set_cookie(_COOKIE, token.strip(), httponly=True, samesite="strict", path="/admin")
        return response

    @routes.post("/sign-out")
    def sign_out() -> Response:
        response = RedirectResponse("/admin", status_code=303)
        response.delete_cookie(_COOKIE, path="/admin")
        return response

    @routes.post("/capacity")
    def capacity(
        class_id: Annotated[int, Form()],
        seats: Annotated[int, Form(ge=0, le=5000)],
        form_key: Annotated[str, Form()],
        code: Annotated[str, Form()] = "",
        token: Token = None,
    ) -> Response:
        principal = _admin(gate, token)
        if principal is None or token is None:
            raise NotSignedIn("missing")
        if not hmac.compare_digest(form_key, _form_key(gate, token)):
            raise NotPermitted
        with units.write() as work:
            Administration(work, clock(), f"admin:{principal.subject}").set_capacity(
                class_id, seats
            )
        return RedirectResponse(f"/admin?code={code}", status_code=303)

    return routes


def _admin(gate: Gate, token: str | None) -> Principal | None:
    try:
        principal = gate.verify(token or "")
    except NotSignedIn:
        return None
    return principal if principal.role is Role.ADMIN else None


def _form_key(gate: Gate, token: str) -> str:
    return hmac.new(gate.secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _sections(units: UnitOfWork, code: str) -> tuple[list[Section], bool]:
    """The sections of a course, and whether there is such a course."""
    if not code:
        return [], True
    with units.read() as work:
        try:
            course = work.catalogue.course(str(CourseCode.parse(code)))
        except (InvalidCode, UnknownCourse):
            return [], False
        return work.catalogue.sections(course.course_id), True


def _render(name: str, /, **facts: object) -> str:
    return _TEMPLATES.get_template(name).render(**facts)
