"""`/slack/link?code=…`: a signed-in student says that a Slack user is theirs.

The address is shown to that Slack user alone, opens once and for ten minutes. Since somebody may
send his own address to a student, the page says whose Slack user it would link and asks; the form
counts only with a key that is bound to this browser's sign-in.
"""

from __future__ import annotations

import hmac
import logging
from typing import Annotated, Any
from urllib.parse import quote

import httpx
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.identity import Gate
from bot.identity.slack_links import SlackLinks, SlackUser
from bot.storage.database import DoorDatabase
from bot.web.browser_cookies import OWN, whoever
from bot.web.desk import templates
from bot.web.forms import bound_key
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
_PAGES = templates("slack")
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds the code
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
}
_LONGEST_CODE = 200


def router(settings: Settings, gate: Gate, database: DoorDatabase) -> APIRouter:
    """The routes of the page."""
    routes = APIRouter(include_in_schema=False)
    links = SlackLinks(database)
    shut = settings.slack.signing_secret is None and settings.slack.app_token is None

    @routes.get("/slack/link")
    def ask(request: Request, code: str = "") -> Response:
        """Who would be linked with whom?"""
        if shut:
            return _page(404, "shut")
        try:
            student = whoever(request, OWN, gate)
        except NotSignedIn:
            back = quote(f"/slack/link?code={quote(code[:_LONGEST_CODE], safe='')}", safe="")
            return RedirectResponse(f"/sign-in?next={back}", 303, headers=_HEADERS)
        if student.role is not Role.STUDENT:
            return _page(403, "no_student")
        try:
            invited = links.invited(code[:_LONGEST_CODE])
        except NotSignedIn as error:
            return _page(410, error.reason)
        key = _form_key(gate, request, code)
        return _page(200, "ask", student=student.subject, slack=invited, code=code, form_key=key)

    @routes.post("/slack/link")
    async def link(
        request: Request, code: Annotated[str, Form()], form_key: Annotated[str, Form()]
    ) -> Response:
        """Link them."""
        if shut:
            return _page(404, "shut")
        try:
            student = whoever(request, OWN, gate)
        except NotSignedIn:
            return _page(401, "signed_out")
        if not hmac.compare_digest(form_key.encode(), _form_key(gate, request, code).encode()):
            return _page(403, "foreign_form")
        if student.role is not Role.STUDENT:
            return _page(403, "no_student")
        return await _link(request, code, student)

    async def _link(request: Request, code: str, student: Principal) -> Response:
        try:
            linked = await run_in_threadpool(links.link, code[:_LONGEST_CODE], student)
        except NotSignedIn as error:
            return _page(410, error.reason)
        await _tell(request.app.state.http, settings, gate, linked)
        return _page(200, "done", slack=linked)

    return routes


def _page(status: int, kind: str, **facts: Any) -> HTMLResponse:
    shown = _PAGES.get_template("link.html").render(kind=kind, **facts)
    return HTMLResponse(shown, status, headers=_HEADERS)


def _form_key(gate: Gate, request: Request, code: str) -> str:
    return bound_key(gate.secret, "slack link", request.cookies.get(OWN.name, ""), code)


async def _tell(http: httpx.AsyncClient, settings: Settings, gate: Gate, linked: SlackUser) -> None:
    """Have the bot say it in Slack; the link stands whether or not it can."""
    token = gate.issue(Principal("site", Role.SERVICE))
    try:
        await http.post(
            f"http://127.0.0.1:{settings.bot_port}/webhooks/slack/linked",
            json={"team": linked.team, "user": linked.user},
            headers={"Authorization": f"Bearer {token}"},
            timeout=5.0,
        )
    except httpx.TransportError:
        logger.warning("site: the bot could not tell Slack of a new link")
