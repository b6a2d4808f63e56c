"""Signing in with the university: the way out to its provider and the way back.

`/sign-in?next=/page` ends with the browser signed in to our own pages; `/sign-in?popup=1` ends
with a code for the page that opened the pop-up (`POST /session/exchange`).
"""

from __future__ import annotations

import asyncio
import re
import secrets
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from bot.identity.people import Person
from bot.identity.relying_party import BEGUN_LIFETIME, CALLBACK, RelyingParty, Wish
from bot.identity.service import Identity
from bot.web import browser_cookies
from bot.web.desk import templates
from knowledge.errors import NotPermitted, QuadError

_TEMPLATES = Path(__file__).parent / "templates" / "sign_in"
_BEGUN = "quad_begun"
_BROWSER = re.compile(r"[A-Za-z0-9_\-]{43}")
_PAGES = templates("sign_in")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The pop-up must keep its opener on the way to the provider and back.
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Cache-Control": "no-store",
}


def router(identity: Identity) -> APIRouter:
    """The pages of signing in and out."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/sign-in")
    async def begin(request: Request) -> Response:
        """Off to the provider."""
        query = request.query_params
        wish = Wish(browser_cookies.own_page(query.get("next", "")), query.get("popup") == "1")
        browser = _browser(request)
        try:
            party = _party(identity, request)
            url = await party.begin(wish, browser, _here(identity, request))
        except QuadError as error:
            return _problem(error)
        response = RedirectResponse(url, 303, HEADERS)
        _keep_browser(response, request, browser)
        return response

    @routes.get(CALLBACK)
    async def back(request: Request) -> Response:
        """Back from the provider."""
        answer = dict(request.query_params)
        try:
            party = _party(identity, request)
            person, wish = await party.finish(answer, _browser(request))
            return await asyncio.to_thread(_signed_in, identity, request, person, wish)
        except QuadError as error:
            return _problem(error)

    @routes.get("/sign-in/signed-in.js")
    def script() -> FileResponse:
        """What the pop-up's last page does: hand the code to its opener, and close."""
        return FileResponse(_TEMPLATES / "signed_in.js", media_type="text/javascript")

    @routes.post("/sign-out")
    def sign_out(request: Request) -> Response:
        """End this browser's sign-in."""
        browser_cookies.must_be_ours(request, identity.settings.site_url)
        response = RedirectResponse("/", 303, HEADERS)
        browser_cookies.end(identity, request, response, browser_cookies.OWN)
        return response

    return routes


def _signed_in(identity: Identity, request: Request, person: Person, wish: Wish) -> Response:
    if wish.popup:
        code = identity.hand_over(person)
        return HTMLResponse(_PAGES.get_template("popup.html").render(code=code), 200, HEADERS)
    kept = browser_cookies.of_page(wish.page)
    if person.principal.role not in kept.roles:
        raise NotPermitted
    token, seconds = identity.page_token(identity.sign_ins.begin(person))
    if not kept.strict:
        response: Response = RedirectResponse(wish.page, 303, HEADERS)
    else:
        # A strict cookie is not shown after a redirect that began on another site: the browser
        # goes on from a page of ours.
        text = _PAGES.get_template("go_on.html").render(page=wish.page)
        response = HTMLResponse(text, 200, HEADERS)
    browser_cookies.keep(response, request, kept, token, seconds)
    return response


def _problem(error: QuadError) -> HTMLResponse:
    text = _PAGES.get_template("problem.html").render(slug=error.problem)
    return HTMLResponse(text, error.status, HEADERS)


def _party(identity: Identity, request: Request) -> RelyingParty:
    host, port = request.scope.get("server") or ("127.0.0.1", None)
    return identity.party((host, port or identity.settings.site_port))


def _here(identity: Identity, request: Request) -> str:
    """The site as this browser reaches it: as configured, but for the development provider.

    That one sends a browser back to the host it came from, which spoils nobody else's sign-in.
    """
    if not identity.development:
        return identity.settings.site_url
    return f"{request.url.scheme}://{request.url.netloc}"


def _browser(request: Request) -> str:
    """What marks this browser on its way out and back; made up when it has no mark yet."""
    shown = request.cookies.get(_mark(request), "")
    return shown if _BROWSER.fullmatch(shown) else secrets.token_urlsafe(32)


def _mark(request: Request) -> str:
    return f"__Host-{_BEGUN}" if request.url.scheme == "https" else _BEGUN


def _keep_browser(response: Response, request: Request, browser: str) -> None:
    response.set_cookie(
        _mark(request),
        browser,
        max_age=int(BEGUN_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
