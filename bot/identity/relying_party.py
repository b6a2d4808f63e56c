"""Quad as a client of the university's single sign-on: OpenID Connect, code flow with PKCE.

Everything that ties the way out to the way back is one-time and kept on the server under the
`state`: the PKCE verifier, the nonce, where to go afterwards, and the hash of a cookie that only
the browser that began can show.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from bot.identity import id_token
from bot.identity.discovery import Discovery, Metadata, Place
from bot.identity.errors import BeginAgain, ProviderDeclined, ProviderUnreachable, TokenRefused
from bot.identity.one_time import OneTimeCodes
from bot.identity.people import Person, from_claims
from knowledge.errors import NotSignedIn

BEGUN_LIFETIME = timedelta(minutes=10)
CALLBACK = "/sign-in/callback"
_PURPOSE = "sign-in"
_SCOPE = "openid profile"
_SECONDS = 10.0


@dataclass(frozen=True)
class Client:
    """Who we are to the provider."""

    client_id: str
    client_secret: str
    role_claim: str


@dataclass(frozen=True)
class Wish:
    """What a browser wants to sign in for: a page of ours, or a pop-up that hands a code on."""

    page: str = "/"
    popup: bool = False


class RelyingParty:
    """Sends browsers to one provider, and believes what it says about those that come back."""

    def __init__(
        self, place: Place, client: Client, codes: OneTimeCodes, http: httpx.AsyncClient
    ) -> None:
        self._client, self._codes, self._http = client, codes, http
        self.discovery = Discovery(http, place)

    async def begin(self, wish: Wish, browser: str, here: str) -> str:
        """Where to send a browser that shows `browser` in a cookie; raise ProviderUnreachable.

        `here` is the site as this browser reaches it.
        """
        metadata = await self.discovery.metadata()
        redirect_uri = f"{here}{CALLBACK}"
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        payload = {
            "verifier": verifier,
            "nonce": nonce,
            "browser": _hash(browser),
            "redirect_uri": redirect_uri,
            "page": wish.page,
            "popup": wish.popup,
        }
        state = await asyncio.to_thread(self._codes.issue, _PURPOSE, payload, BEGUN_LIFETIME)
        async with self._oauth(redirect_uri) as oauth:
            url, _ = oauth.create_authorization_url(
                metadata.place.shown(str(metadata.said["authorization_endpoint"]), here),
                state=state,
                code_verifier=verifier,
                nonce=nonce,
            )
        return str(url)

    async def finish(self, answer: Mapping[str, str], browser: str) -> tuple[Person, Wish]:
        """The person a browser comes back with, and what for.

        Raise BeginAgain, ProviderDeclined, ProviderUnreachable, TokenRefused or NotPermitted.
        """
        begun = await self._begun(answer.get("state", ""), browser)
        if "error" in answer or not answer.get("code"):
            raise ProviderDeclined
        metadata = await self.discovery.metadata()
        told = await self._exchange(metadata, answer["code"], begun)
        claims = await id_token.checked(
            told.get("id_token"),
            self.discovery,
            client_id=self._client.client_id,
            nonce=str(begun["nonce"]),
            access_token=told.get("access_token"),
        )
        claims = await self._completed(metadata, claims, told.get("access_token"))
        person = from_claims(claims, self._client.role_claim)
        return person, Wish(str(begun["page"]), bool(begun["popup"]))

    async def _begun(self, state: str, browser: str) -> dict[str, Any]:
        """What was begun under this state, in this browser; it is spent then."""
        try:
            begun = await asyncio.to_thread(self._codes.look, _PURPOSE, state)
            # Another browser's try must not spend it: whoever began may still come back.
            if not hmac.compare_digest(str(begun["browser"]), _hash(browser)):
                raise BeginAgain("browser")
            return await asyncio.to_thread(self._codes.redeem, _PURPOSE, state)
        except NotSignedIn as error:
            raise BeginAgain(error.reason) from error

    async def _exchange(
        self, metadata: Metadata, code: str, begun: Mapping[str, Any]
    ) -> dict[str, Any]:
        redirect_uri = str(begun["redirect_uri"])
        async with self._oauth(redirect_uri) as oauth:
            try:
                told = await oauth.fetch_token(
                    metadata.required("token_endpoint"),
                    code=code,
                    code_verifier=begun["verifier"],
                    redirect_uri=redirect_uri,
                )
            except AuthlibBaseError as error:
                raise TokenRefused("code") from error
            # Authlib speaks through httpx2 where we use httpx: their errors are different classes.
            except (httpx2.HTTPError, ValueError) as error:
                raise ProviderUnreachable(type(error).__name__) from error
        return dict(told)

    async def _completed(
        self, metadata: Metadata, claims: dict[str, Any], access_token: object
    ) -> dict[str, Any]:
        """With the claims that some providers keep for their userinfo endpoint."""
        url = metadata.endpoint("userinfo_endpoint")
        enough = "suid" in claims or self._client.role_claim in claims
        if enough or url is None or not isinstance(access_token, str):
            return claims
        try:
            headers = {"Authorization": f"Bearer {access_token}"}
            response = await self._http.get(url, headers=headers)
            response.raise_for_status()
            more = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnreachable(type(error).__name__) from error
        if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
            raise TokenRefused("sub")
        return {**more, **claims}

    def _oauth(self, redirect_uri: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._client.client_id,
            self._client.client_secret,
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - a method's name
            scope=_SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )


def _hash(browser: str) -> str:
    return hashlib.sha256(browser.encode("utf-8", "replace")).hexdigest()
