"""Limits of the site: steps of signing in and uploads by address, before anything is read."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.identity.addresses import Address
from bot.identity.limits import Limits, TooManyRequests
from bot.web.desk import templates
from knowledge.mocks import problems

_SIGN_IN = re.compile(r"/session/\w|/sign-in|/sso/(authorize|token)|/(admin|label|rate)/sign-in")
_UPLOAD = re.compile(r"/(uploads|check-in)\b")
_PAGES = templates("sign_in")


def address_of(request: Request, limits: Limits) -> Address:
    """Where a request comes from."""
    peer = request.client.host if request.client else None
    return limits.locate(peer, request.headers.get("X-Forwarded-For"))


class AddressLimits:
    """Refuses what is over the limit, as a problem document or as a page."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count and pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            self._count(Request(scope))
        except TooManyRequests as error:
            await _refusal(scope["path"], error)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _count(self, request: Request) -> None:
        path = request.url.path
        if _SIGN_IN.match(path):
            self._limits.sign_in(address_of(request, self._limits))
        elif _UPLOAD.match(path):
            self._limits.request(address_of(request, self._limits))


def _refusal(path: str, error: TooManyRequests) -> Response:
    headers = {"Retry-After": str(error.retry_after), "Cache-Control": "no-store"}
    if path.startswith(("/session", "/uploads", "/sso/token")):
        body = problems.document(error)
        return JSONResponse(body, error.status, headers, media_type=problems.MEDIA_TYPE)
    text = _PAGES.get_template("problem.html").render(slug=error.problem)
    return HTMLResponse(text, error.status, headers)
