"""Security headers on everything that the site and the bot answer.

A page that needs another policy sets its own header: what is already there is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge.settings import Settings

if TYPE_CHECKING:
    from sanic import Sanic

# Answers that are no pages show nothing and load nothing, wherever they are opened.
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
# Pages of our own people: nothing of anybody else, no inline code, in nobody's frame.
PRIVATE_PAGE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SHARED = {"Cross-Origin-Resource-Policy": "cross-origin"}  # shown on pages of other origins
# Files that are the same for everybody may be kept, but are asked for again: they change.
_PUBLIC_FILE = {"Cache-Control": "no-cache", **_SHARED}
_PUBLIC_PATHS = ("/static/", "/widget.js")
# The chat page opens the sign-in in a window of its own, which must find its opener again.
_CHAT = {"Cross-Origin-Opener-Policy": "same-origin-allow-popups"}
_HIDDEN = ("server", "x-powered-by")


def page_policy(settings: Settings) -> str:
    """The policy of a public page that has none of its own: ourselves, the bot and its pictures."""
    bot = f"{settings.bot_url} ws{settings.bot_url.removeprefix('http')}"
    skills = settings.skills_url
    # In development the page is opened under either name of this machine.
    near = " ".join(f"{kind}://127.0.0.1:{settings.bot_port}" for kind in ("http", "ws"))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob: {skills} http://127.0.0.1:{settings.skills_port}; "
        f"media-src 'self' blob:; connect-src 'self' {bot} {near}; form-action 'self'; "
        f"base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds headers to every response of the ASGI app below that has not set them itself."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = PRIVATE_PAGE) -> None:
        self.app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark the response."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _fill(MutableHeaders(scope=message), self._headers)
            await send(message)

        await self.app(scope, receive, marked)


class SiteHeaders:
    """The outermost layer of a whole site: what its own pages have not said for themselves."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._page = page_policy(settings)
        self._https = _HTTPS if settings.site_url.startswith("https") else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark the response."""
        path = str(scope.get("path", ""))

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _fill(headers, self._wanted(path, headers.get("content-type", "")))
                _hide(headers)
                _stay(headers, scope)
            await send(message)

        await self.app(scope, receive, marked)

    def _wanted(self, path: str, kind: str) -> dict[str, str]:
        wanted = {"Content-Security-Policy": NO_PAGE, **_COMMON, **self._https}
        if kind.startswith("text/html"):
            wanted |= {"Content-Security-Policy": self._page, **(_CHAT if path == "/" else {})}
        if kind.startswith("image/"):
            wanted |= _SHARED
        return wanted | _PUBLIC_FILE if path.startswith(_PUBLIC_PATHS) else wanted


def mark_bot(app: Sanic, settings: Settings) -> None:
    """The same for the bot, whose answers are no pages; browsers of other origins may read them."""
    https = _HTTPS if settings.bot_url.startswith("https") else {}
    wanted = {
        "Content-Security-Policy": NO_PAGE,
        **_COMMON,
        # Which origins may, CORS says; pages of the site stand on another port.
        "Cross-Origin-Resource-Policy": "cross-origin",
        **https,
    }

    @app.middleware("response")
    async def mark(request: Any, response: Any) -> None:
        _fill(response.headers, wanted)
        _hide(response.headers)


def _fill(headers: Any, wanted: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        headers.setdefault(name, value)
    # A page that may be framed says by whom in its policy; the older header knows only "nobody".
    framed = "frame-ancestors 'none'" not in headers.get("Content-Security-Policy", "")
    if framed and "X-Frame-Options" in headers:
        del headers["X-Frame-Options"]


def _stay(headers: MutableHeaders, scope: Scope) -> None:
    """A redirect within the site names no host: Starlette takes it from the request, unproven."""
    host = Headers(scope=scope).get("host")
    place = headers.get("location", "")
    own = f"{scope['scheme']}://{host}/"
    if host and place.startswith(own):
        headers["location"] = f"/{place.removeprefix(own).lstrip('/')}"


def _hide(headers: Any, names: Iterable[str] = _HIDDEN) -> None:
    """What tells an attacker which software and version answers."""
    for name in names:
        if name in headers:
            del headers[name]
