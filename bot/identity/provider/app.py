"""The endpoints of the development provider, as one app to be mounted at `/sso`."""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import FastAPI, Header, Request
from fastapi import Form as Field
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.identity.one_time import OneTimeCodes
from bot.identity.provider import asked as asking
from bot.identity.provider.asked import Asked, AskedWrongly
from bot.identity.provider.granting import GrantRefused, Grants
from bot.identity.provider.keys import kept_key
from bot.identity.provider.people import accounts
from bot.identity.provider.registered import development_client
from knowledge.errors import NotSignedIn
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

PATH = "/sso"
_ASK, _ASK_LIFETIME = "sso-ask", timedelta(minutes=10)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def create_provider(settings: Settings, units: UnitOfWork, codes: OneTimeCodes) -> FastAPI:
    """The provider on the site's own database."""
    app = FastAPI(title="Development sign-in", docs_url=None, redoc_url=None, openapi_url=None)
    issuer = f"{settings.site_url}{PATH}"
    client = development_client(settings)
    grants = Grants(issuer, client.client_id, kept_key(settings.var), codes)
    _describe(app, issuer, grants)
    _authorize(app, settings, units, grants)

    @app.post("/token")
    async def token(
        request: Request, authorization: Annotated[str | None, Header()] = None
    ) -> JSONResponse:
        """Tokens for a code."""
        async with request.form(max_files=0, max_fields=20) as sent:
            form = {name: str(value) for name, value in sent.items()}
        if not _is_client(authorization, form, client.client_id, client.client_secret):
            challenge = {"WWW-Authenticate": "Basic"}
            return JSONResponse({"error": "invalid_client"}, 401, {**_HEADERS, **challenge})
        try:
            return JSONResponse(grants.exchange(form), headers=_HEADERS)
        except GrantRefused as refusal:
            return JSONResponse({"error": refusal.error}, 400, _HEADERS)

    return app


def _describe(app: FastAPI, issuer: str, grants: Grants) -> None:
    @app.get("/.well-known/openid-configuration")
    def configuration() -> dict[str, Any]:
        """Discovery."""
        ends = ("authorize", "token", "userinfo")
        named = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
        return {
            "issuer": issuer,
            **{name: f"{issuer}/{end}" for name, end in zip(named, ends, strict=True)},
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/end-session",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", "profile"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    @app.get("/jwks")
    def jwks() -> dict[str, Any]:
        """The public key."""
        return {"keys": [grants.key.as_dict(private=False)]}

    @app.get("/userinfo")
    def userinfo(authorization: Annotated[str | None, Header()] = None) -> JSONResponse:
        """The claims once more."""
        try:
            token = (authorization or "").removeprefix("Bearer ").strip()
            return JSONResponse(grants.userinfo(token), headers=_HEADERS)
        except NotSignedIn:
            refusal = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            return JSONResponse({"error": "invalid_token"}, 401, {**_HEADERS, **refusal})

    @app.get("/end-session")
    def end_session() -> HTMLResponse:
        """Signing out of the provider; it keeps no session, so there is nothing to end."""
        return _page("ended.html", 200)


def _authorize(app: FastAPI, settings: Settings, units: UnitOfWork, grants: Grants) -> None:
    @app.get("/authorize")
    def choose(request: Request) -> Response:
        """The page that asks who you want to be."""
        try:
            asked = asking.read(request, settings)
        except AskedWrongly as refusal:
            return _page("refused.html", 400, what=refusal.what)
        if asked.fault:
            return RedirectResponse(asked.back(error=asked.fault), 303, _HEADERS)
        offered = accounts(units, settings.sign_in.role_claim, request)
        ask = grants.codes.issue(_ASK, asked.payload(), _ASK_LIFETIME)
        return _page("authorize.html", 200, ask=ask, accounts=offered)

    @app.post("/authorize")
    def chosen(
        request: Request, ask: Annotated[str, Field()] = "", person: Annotated[str, Field()] = ""
    ) -> Response:
        """Back to the client, with a code for whoever was chosen."""
        try:
            asked = Asked(**grants.codes.redeem(_ASK, ask))
        except NotSignedIn:
            return _page("refused.html", 400, what="form")
        offered = {each.key: each for each in accounts(units, settings.sign_in.role_claim, request)}
        if person not in offered:
            return RedirectResponse(asked.back(error="access_denied"), 303, _HEADERS)
        code = grants.code(asked, offered[person].claims)
        return RedirectResponse(asked.back(code=code), 303, _HEADERS)


def _is_client(
    authorization: str | None, form: dict[str, str], client_id: str, client_secret: str
) -> bool:
    """Client authentication: `client_secret_basic`, or `client_secret_post`."""
    shown = form.get("client_id", ""), form.get("client_secret", "")
    if authorization is not None:
        try:
            raw = base64.b64decode(authorization.removeprefix("Basic "), validate=True).decode()
        except (binascii.Error, ValueError):
            return False
        name, _, secret = raw.partition(":")
        shown = unquote(name), unquote(secret)
    one, other = ("\0".join(pair).encode() for pair in (shown, (client_id, client_secret)))
    return hmac.compare_digest(one, other)


def _page(name: str, status: int, **facts: Any) -> HTMLResponse:
    return HTMLResponse(_PAGES.get_template(name).render(**facts), status, _HEADERS)
