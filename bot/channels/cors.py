"""Cross-origin requests to the bot: answered for our own site and allowed pages, else not at all.

No cookies are ever asked for: who speaks is in the token. Socket.io answers for itself, from the
same list of origins.
"""

from __future__ import annotations

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.identity import origins

_SOCKET = "/socket.io"
_MAY = {
    "Access-Control-Allow-Methods": ", ".join(origins.METHODS),
    "Access-Control-Allow-Headers": ", ".join(origins.HEADERS),
    "Access-Control-Max-Age": str(origins.PREFLIGHT_SECONDS),
}


def install(app: Sanic, allowed: tuple[str, ...]) -> None:
    """Answer preflights, and mark the answers that an allowed page may read."""

    @app.middleware("request")
    async def preflight(request: Request) -> HTTPResponse | None:
        return empty(204) if _asks(request) else None

    @app.middleware("response")
    async def mark(request: Request, response: HTTPResponse) -> None:
        if response is None or request.path.startswith(_SOCKET):
            return
        origin = request.headers.get("Origin")
        response.headers["Vary"] = "Origin"
        if origin in allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = ", ".join(origins.EXPOSED)
            # Rasa's own answer to a preflight may have come first: it says nothing.
            response.headers.update(_MAY if _asks(request) else {})


def _asks(request: Request) -> bool:
    """Whether a browser asks what a page may do, before it does it."""
    asked = "Access-Control-Request-Method" in request.headers
    return request.method == "OPTIONS" and asked and not request.path.startswith(_SOCKET)
