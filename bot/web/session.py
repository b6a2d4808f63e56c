"""The session endpoints of the widget and the chat page: token sets for visitors and for people.

An access token counts ten minutes; the refresh secret that comes with it is spent by its use and
answered with the next one. A page keeps the latest in storage that its tabs share and reads it
from there each time, for a secret that is shown again later on ends the sign-in.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from bot.identity import VISITOR_LIFETIME
from bot.identity.gate import bearer
from bot.identity.service import Identity
from bot.identity.sign_ins import SignIn

_NO_STORE = {"Cache-Control": "no-store"}
Secret = Annotated[str, Field(max_length=200)]


class Entry(BaseModel):
    """Where the page finds the other processes."""

    bot_url: str
    site_url: str
    skills_url: str


class TokenSet(BaseModel):
    """What a page needs to speak for somebody; `refresh` and `suid` are not a visitor's."""

    token: str
    expires_in: int
    refresh: str | None = None
    name: str = ""
    suid: str | None = None


class Code(BaseModel):
    """The code of a finished sign-in."""

    code: Secret


class Refresh(BaseModel):
    """The secret that counts."""

    refresh: Secret


def router(identity: Identity) -> APIRouter:
    """The session routes."""
    routes = APIRouter()
    settings = identity.settings

    @routes.get("/session")
    def entry() -> Entry:
        """Where the bot, the site and the skills are, as browsers reach them."""
        return Entry(
            bot_url=settings.bot_url, site_url=settings.site_url, skills_url=settings.skills_url
        )

    @routes.post("/session/visitor", response_model=TokenSet)
    def visit(authorization: Annotated[str | None, Header()] = None) -> JSONResponse:
        """A visitor's token: may ask, may not act. With one that still counts: the same visitor."""
        shown = None if authorization is None else bearer(authorization)
        token = identity.gate.visitor(shown)
        return _answer(TokenSet(token=token, expires_in=int(VISITOR_LIFETIME.total_seconds())))

    @routes.post("/session/exchange", response_model=TokenSet)
    def exchange(sent: Code) -> JSONResponse:
        """The token set of somebody who has just signed in; the code works once."""
        return _answer(_token_set(identity, identity.exchange(sent.code)))

    @routes.post("/session/refresh", response_model=TokenSet)
    def refresh(sent: Refresh) -> JSONResponse:
        """The next token set of a sign-in that counts."""
        return _answer(_token_set(identity, identity.sign_ins.refresh(sent.refresh)))

    @routes.post("/session/sign-out", status_code=204)
    def sign_out(sent: Refresh) -> Response:
        """End a sign-in, everywhere; nothing happens to one that has ended."""
        identity.sign_ins.end(sent.refresh)
        return Response(status_code=204)

    return routes


def _token_set(identity: Identity, sign_in: SignIn) -> TokenSet:
    token, seconds = identity.access(sign_in)
    person = sign_in.person
    return TokenSet(
        token=token,
        expires_in=seconds,
        refresh=sign_in.secret,
        name=person.name,
        suid=person.suid,
    )


def _answer(tokens: TokenSet) -> JSONResponse:
    return JSONResponse(tokens.model_dump(), headers=_NO_STORE)
