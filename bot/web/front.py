"""What students open: the chat page `/`, the same as a frame `/widget`, its loader `/widget.js`.

Both pages are one file, whose policy lets scripts in from here alone: nothing that a message holds
could run even if it became markup. Styles are as strict: deep-chat constructs its style sheets and
sets single properties, so that not even `'unsafe-inline'` for styles is needed.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from knowledge.settings import Settings

_WEB = Path(__file__).parent
_HERE = ("localhost", "127.0.0.1", "::1")
_PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    # The sign-in window tells the page that opened it the code, so it must still know its opener.
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
}
_LOADER_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",  # it stands on foreign pages
}


def router(settings: Settings) -> APIRouter:
    """The front page, the frame and the loader."""
    routes = APIRouter(include_in_schema=False)
    page = {
        **_PAGE_HEADERS,
        "Content-Security-Policy": policy(settings, "'none'"),
        "X-Frame-Options": "DENY",
    }
    hosts = " ".join(("'self'", *settings.origins))
    frame = {**_PAGE_HEADERS, "Content-Security-Policy": policy(settings, hosts)}

    @routes.get("/")
    def front(request: Request) -> Response:
        """The chat page, at the one address that the bot's door knows."""
        if _is_alias(request, settings):
            return RedirectResponse(f"{settings.site_url}/?{request.url.query}".rstrip("?"))
        return FileResponse(_WEB / "chat.html", headers=page)

    @routes.get("/widget")
    def widget() -> FileResponse:
        """The chat page for a frame on the pages of the allow-list."""
        return FileResponse(_WEB / "chat.html", headers=frame)

    @routes.get("/widget.js")
    def loader() -> FileResponse:
        """The script that foreign pages include."""
        script = _WEB / "dist" / "widget.js"
        return FileResponse(script, headers=_LOADER_HEADERS, media_type="text/javascript")

    return routes


def policy(settings: Settings, framed_by: str) -> str:
    """The chat page's content-security policy; `framed_by` are the sources that may frame it."""
    bot, skills = _origin(settings.bot_url), _origin(settings.skills_url)
    site, axess = _origin(settings.site_url), _origin(settings.axess_url)
    socket = bot.replace("http", "ws", 1)
    pictures = dict.fromkeys((site, skills, *(() if _is_here(axess) else (axess,))))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"connect-src 'self' {bot} {socket} {skills}",
            f"img-src 'self' data: {' '.join(pictures)}",
            "media-src 'self' blob:",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            f"frame-ancestors {framed_by}",
        )
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_here(origin: str) -> bool:
    return urlsplit(origin).hostname in _HERE


def _is_alias(request: Request, settings: Settings) -> bool:
    """Whether this machine was called by another of its own names than the site's address has."""
    asked, known = request.url.netloc, urlsplit(settings.site_url)
    ours = request.url.hostname in _HERE and known.hostname in _HERE
    return ours and request.url.port == known.port and asked != known.netloc
