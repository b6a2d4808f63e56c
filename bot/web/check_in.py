"""`/check-in`: a signed-in student says "I am here", by a photo if they have agreed to that.

The photo proves nothing: one is signed in already, sees only one's own, and may always check in
without. Forms count only with a key that is bound to this browser's sign-in, and each acts once.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from bot.checkin.encoder import Encoder
from bot.checkin.errors import ConsentMissing, PhotosMissing, PhotosTooLarge
from bot.checkin.faces import PHOTOS, Faces
from bot.checkin.visits import Visits
from bot.identity import Gate
from bot.identity.limits import Limits
from bot.storage.database import DoorDatabase
from bot.web.browser_cookies import OWN, whoever
from bot.web.desk import templates
from bot.web.forms import FormIncomplete, bound_key, check_key, check_number
from bot.web.limiting import address_of
from knowledge.errors import NotPermitted, NotSignedIn, QuadError
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

_PAGES = templates("check_in")
_PHOTO_BYTES = 10 * 1024 * 1024
_FORM_BYTES = PHOTOS * _PHOTO_BYTES + 64 * 1024
_MOST_FILES = 12  # more than are needed, so that too many are told in our own words
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}


def router(settings: Settings, gate: Gate, limits: Limits, database: DoorDatabase) -> APIRouter:
    """The page and its four forms."""
    routes = APIRouter(include_in_schema=False)
    desk = _Desk(settings, gate, Faces(database, settings.secret), Visits(database))

    @routes.get("/check-in")
    def show(request: Request) -> Response:
        """The page."""
        try:
            student = desk.student(request)
        except NotSignedIn:
            return RedirectResponse("/sign-in?next=/check-in", 303, headers=HEADERS)
        except QuadError as error:
            return desk.problem(request, error)
        return desk.page(request, student)

    @routes.get("/check-in/{step}")
    def again(step: str) -> Response:
        """Where a form's answer was kept as a bookmark: the page itself."""
        return RedirectResponse("/check-in", 303, headers=HEADERS)

    @routes.post("/check-in/{step}")
    async def act(request: Request, step: str) -> Response:
        """One of the forms: enrol, arrive, here, erase."""
        if step not in _STEPS:
            return HTMLResponse("", 404, headers=HEADERS)
        try:
            student = desk.student(request)
            limits.upload(student, address_of(request, limits))
            _bounded(request)
            async with request.form(max_files=_MOST_FILES, max_fields=4) as form:
                desk.check(request, form)
                done = await _STEPS[step](desk, request, student, form)
        except HTTPException:  # not readable as a form
            return await asyncio.to_thread(desk.problem, request, FormIncomplete("form"))
        except QuadError as error:
            return await asyncio.to_thread(desk.problem, request, error)
        return await asyncio.to_thread(desk.page, request, student, done)

    return routes


@dataclass(frozen=True)
class _Desk:
    settings: Settings
    gate: Gate
    faces: Faces
    visits: Visits

    def student(self, request: Request) -> Principal:
        """Who is signed in; raise NotSignedIn, or NotPermitted for who is no student."""
        principal = whoever(request, OWN, self.gate)
        if principal.role is not Role.STUDENT:
            raise NotPermitted
        return principal

    def key(self, request: Request) -> str:
        return bound_key(self.gate.secret, "check-in", request.cookies.get(OWN.name, ""))

    def check(self, request: Request, form: FormData) -> None:
        """Raise NotPermitted for a foreign form, FormIncomplete for one without its number."""
        check_key(str(form.get("form_key", "")), self.key(request))
        check_number(str(form.get("form_id", "")))

    def encoder(self, request: Request) -> Encoder:
        """The client of the job server, on the site's connections."""
        url = f"http://127.0.0.1:{self.settings.skills_port}"
        service = Principal("site", Role.SERVICE)
        uploads = self.settings.var / "uploads"
        return Encoder(request.app.state.http, url, uploads, lambda: self.gate.issue(service))

    def page(self, request: Request, student: Principal, done: str = "") -> HTMLResponse:
        """The page as it stands for this student, with what was just done."""
        return self._shown(request, student, 200, done=done)

    def problem(self, request: Request, error: QuadError) -> HTMLResponse:
        """The page with what went wrong; nothing was kept."""
        try:
            student = self.student(request)
        except QuadError:
            return _page(error.status, student=None, slug=error.problem)
        slug = getattr(error, "slug", error.problem)
        return self._shown(request, student, error.status, slug=slug)

    def _shown(
        self, request: Request, student: Principal, status: int, **more: Any
    ) -> HTMLResponse:
        return _page(
            status,
            student=student.subject,
            agreed=self.faces.agreed(student.subject),
            visits=self.visits.latest(student.subject),
            form_key=self.key(request),
            new_number=lambda: secrets.token_hex(16),
            **more,
        )


async def _enrol(desk: _Desk, request: Request, student: Principal, form: FormData) -> str:
    if form.get("consent") != "yes":
        raise ConsentMissing
    photos = await _photos(form, PHOTOS)
    encodings = await desk.encoder(request).encodings(photos)
    await asyncio.to_thread(desk.faces.enrol, student.subject, encodings)
    return "enrolled"


async def _arrive(desk: _Desk, request: Request, student: Principal, form: FormData) -> str:
    await asyncio.to_thread(desk.faces.template, student.subject)  # no consent: not looked at
    photos = await _photos(form, 1)
    encodings = await desk.encoder(request).encodings(photos)
    if not await asyncio.to_thread(desk.faces.matches, student.subject, encodings[0]):
        return "unlike"
    return await _noted(desk, student, form, "photo")


async def _here(desk: _Desk, request: Request, student: Principal, form: FormData) -> str:
    return await _noted(desk, student, form, "button")


async def _erase(desk: _Desk, request: Request, student: Principal, form: FormData) -> str:
    had = await asyncio.to_thread(desk.faces.agreed, student.subject)
    await asyncio.to_thread(desk.faces.erase, student.subject)
    if form.get("visits") != "yes":
        return "erased"
    await asyncio.to_thread(desk.visits.erase, student.subject)
    return "erased-all" if had else "forgotten"


_STEPS = {"enrol": _enrol, "arrive": _arrive, "here": _here, "erase": _erase}


async def _noted(desk: _Desk, student: Principal, form: FormData, how: str) -> str:
    await asyncio.to_thread(desk.visits.note, student.subject, str(form["form_id"]), how)
    return how


async def _photos(form: FormData, needed: int) -> list[bytes]:
    """The photos of a form; raise PhotosMissing, PhotosTooLarge."""
    sent = [part for part in form.getlist("photo") if isinstance(part, UploadFile) and part.size]
    if len(sent) != needed:
        raise PhotosMissing(needed)
    if any((part.size or 0) > _PHOTO_BYTES for part in sent):
        raise PhotosTooLarge
    return [await part.read() for part in sent]


def _bounded(request: Request) -> None:
    """Raise unless the form says how long it is, and is not too long: it is kept while it comes."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        raise FormIncomplete("content-length")
    if int(length) > _FORM_BYTES:
        raise PhotosTooLarge


def _page(status: int, **facts: Any) -> HTMLResponse:
    defaults = {"slug": "", "done": "", "agreed": None, "visits": []}
    shown = _PAGES.get_template("page.html").render({**defaults, **facts})
    return HTMLResponse(shown, status, headers=HEADERS)
