"""The signed-in browser of the site's own pages (`/slack/link`): a token in a cookie of its own.

Lax, so that coming back from the university's sign-in still shows it; forms of other sites do not.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from bot.identity import Gate
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal

COOKIE = "quad"


def keep(response: Response, request: Request, token: str, seconds: int) -> None:
    """Let the browser show this token for so long."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, token, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/"
    )


def forget(response: Response) -> None:
    """The browser shows none any more."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def whoever(request: Request, gate: Gate) -> Principal:
    """The signed-in person; raise NotSignedIn."""
    token = request.cookies.get(COOKIE)
    if not token:
        raise NotSignedIn("missing")
    return gate.verify(token)
