"""A provider that says whatever a test wants: real HTTP, any key, any token."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from authlib.oidc.core.util import create_half_hash
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

ACCESS = "an access token of the rogue provider"
Mint = Callable[[dict[str, Any]], Any]


def rsa(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid}, private=True)


class Rogue:
    """Its keys, what it publishes and what its token endpoint answers; tests change all of it."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key = rsa("first")
        self.published: list[dict[str, Any]] = [self.key.as_dict(private=False)]
        self.fetched = 0
        self.userinfo: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.app = self._app()

    def claims(self, nonce: str, /, **other: Any) -> dict[str, Any]:
        """The claims of a good token for a student; None leaves one out."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": "quad", "sub": "s-1", "iat": now, "exp": now + 300,
            "nonce": nonce, "suid": "05990001", "name": "Robin First",
            "at_hash": create_half_hash(ACCESS, "RS256").decode(), **other,
        }  # fmt: skip
        return {name: value for name, value in claims.items() if value is not None}

    def signed(self, claims: dict[str, Any], key: Any = None, **header: Any) -> str:
        """A token by that key; the header may say anything."""
        key = key or self.key
        said = {"alg": "RS256", "kid": key.kid, **header}
        said = {name: value for name, value in said.items() if value is not None}
        registry = JWSRegistry(algorithms=[said["alg"]], strict_check_header=False)
        return jwt.encode(said, claims, key, registry=registry)

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def configuration() -> dict[str, Any]:
            ends = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "jwks_uri": "jwks",
                "userinfo_endpoint": "userinfo",
            }
            said = {name: f"{self.issuer}/{end}" for name, end in ends.items()}
            return {"issuer": self.issuer, **said, **self.metadata}

        @app.get("/jwks")
        def jwks() -> dict[str, Any]:
            self.fetched += 1
            return {"keys": self.published}

        @app.post("/token")
        def token() -> dict[str, Any]:
            return {"access_token": ACCESS, "token_type": "Bearer", **self.answer}

        @app.get("/userinfo")
        def userinfo() -> dict[str, Any]:
            return self.userinfo

        return app


def elliptic(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid}, private=True)
