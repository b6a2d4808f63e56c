"""The cookies in which browsers keep their sign-in to our own pages, each for its pages alone.

A sign-in always makes a new token on the server's side, and nothing that a browser showed before
becomes valid by it: there is no session to fix.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from bot.identity import Gate
from bot.identity.service import Identity
from knowledge.errors import NotPermitted, NotSignedIn
from knowledge.model.students import Principal, Role

_LONGEST_PAGE = 500


@dataclass(frozen=True)
class Kept:
    """A cookie: its name, the path of its pages, and who may have it."""

    name: str
    path: str
    roles: frozenset[Role]
    strict: bool  # not even shown when a link on another site leads here


_STAFF = frozenset({Role.ADMIN, Role.RATER})
# Lax: coming back from the university's sign-in still shows it; forms of other sites do not.
OWN = Kept("quad", "/", frozenset({Role.STUDENT, *_STAFF}), strict=False)
ADMIN = Kept("quad_admin", "/admin", frozenset({Role.ADMIN}), strict=True)
LABEL = Kept("quad_rater", "/label", _STAFF, strict=True)
RATE = Kept("quad_rater", "/rate", _STAFF, strict=True)


def of_page(page: str) -> Kept:
    """The cookie of a page of ours."""
    desks = (ADMIN, LABEL, RATE)
    return next((kept for kept in desks if f"{page}/".startswith(f"{kept.path}/")), OWN)


def own_page(page: str, within: str = "") -> str:
    """A path of ours to go to, never another site's; `within` names the app it must belong to."""
    local = page.startswith(f"{within}/") and "\\" not in page and "//" not in page
    fits = local and page.isprintable() and len(page) <= _LONGEST_PAGE
    return page if fits else f"{within}/"


def keep(
    response: Response, request: Request, kept: Kept, token: str, seconds: int | None = None
) -> None:
    """Let the browser show this token on the cookie's pages."""
    response.set_cookie(
        kept.name,
        token,
        max_age=seconds,
        httponly=True,
        samesite="strict" if kept.strict else "lax",
        secure=request.url.scheme == "https",
        path=kept.path,
    )


def whoever(request: Request, kept: Kept, gate: Gate) -> Principal:
    """The person whose token the cookie holds; raise NotSignedIn."""
    token = request.cookies.get(kept.name)
    if not token:
        raise NotSignedIn("missing")
    return gate.verify(token)


def end(identity: Identity, request: Request, response: Response, kept: Kept) -> None:
    """End the sign-in whose token the cookie holds, and have the browser forget it."""
    try:
        sign_in = identity.gate.sign_in_of(request.cookies.get(kept.name, ""))
    except NotSignedIn:
        sign_in = None
    if sign_in is not None:
        identity.sign_ins.end_id(sign_in)
    response.delete_cookie(
        kept.name,
        path=kept.path,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict" if kept.strict else "lax",
    )


def must_be_ours(request: Request, site_url: str) -> None:
    """Raise NotPermitted for a form that a page of another site has sent."""
    origin = request.headers.get("Origin")
    ours = request.url.netloc, urlsplit(site_url).netloc
    if origin is not None and urlsplit(origin).netloc not in ours:
        raise NotPermitted
