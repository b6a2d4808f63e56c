"""Imports: upload a file, look at what it would change, confirm exactly that."""

from __future__ import annotations

import re
import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.admin.desk import Admin, Filled
from bot.web.admin.receiving import MAX_BYTES, receive
from bot.web.forms import FormIncomplete, check_key
from knowledge.admin.previews import Removals
from knowledge.storage.listings.imports import imports

routes = APIRouter(prefix="/imports")


@routes.get("")
def listing(admin: Admin, page: int = 1) -> Response:
    """The upload form, what waits for confirmation, and what was imported."""
    with admin.units.read() as work:
        found = imports(work.session, page)
    facts: dict[str, Any] = {
        "found": found,
        "waiting": admin.desk.jobs.waiting(),
        "removals": list(Removals),
    }
    return admin.page("imports.html", **facts, limit=MAX_BYTES, filters={})


@routes.post("/upload")
async def upload(request: Request, admin: Admin) -> Response:
    """Take a file onto the disk and read it in the background."""
    jobs = admin.desk.jobs
    part = jobs.receiving(secrets.token_hex(16))
    received = await receive(request, part)
    try:
        check_key(received.fields.get("form_key", ""), admin.form_key)
        form_id = received.fields.get("form_id", "")
        if not re.fullmatch(r"[0-9a-f]{32}", form_id):
            raise FormIncomplete("form_id")
        removals = _removals(received.fields.get("removals", ""))
        ticket, path = jobs.place(admin.actor, form_id)
        jobs.begin(ticket, part, path, received.filename, removals, admin.actor)
    finally:
        part.unlink(missing_ok=True)
    return RedirectResponse(f"/admin/imports/{ticket}", 303)


@routes.get("/{ticket}")
def one(admin: Admin, ticket: str) -> Response:
    """How far an import is; its preview, with what stands against it."""
    return admin.page("import.html", job=admin.desk.jobs.get(ticket))


@routes.post("/{ticket}/confirm")
def confirm(admin: Admin, form: Filled, ticket: str) -> Response:
    """Do what the preview said, once."""
    version = form.number("catalogue_version")
    admin.desk.jobs.confirm(ticket, form.text("sha256"), version, admin.actor)
    return RedirectResponse(f"/admin/imports/{ticket}", 303)


@routes.post("/{ticket}/again")
def again(admin: Admin, form: Filled, ticket: str) -> Response:
    """Make the preview anew."""
    admin.desk.jobs.again(ticket)
    return RedirectResponse(f"/admin/imports/{ticket}", 303)


@routes.post("/{ticket}/discard")
def discard(admin: Admin, form: Filled, ticket: str) -> Response:
    """Forget a file that was not confirmed."""
    admin.desk.jobs.discard(ticket)
    return RedirectResponse("/admin/imports", 303)


def _removals(text: str) -> Removals:
    try:
        return Removals(text)
    except ValueError as error:
        raise FormIncomplete("removals") from error
