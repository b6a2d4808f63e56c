"""Codes and tokens of the development provider: each code once, to the client that asked."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import RSAKey

from bot.identity.one_time import OneTimeCodes
from bot.identity.provider.asked import Asked
from knowledge.errors import NotSignedIn

_CODE_LIFETIME = timedelta(minutes=1)
_TOKEN_LIFETIME = timedelta(minutes=5)
_CODE, _ACCESS = "sso-code", "sso-access"


@dataclass(frozen=True)
class GrantRefused(Exception):
    """A token request that is refused; `error` is OAuth's name for it."""

    error: str


@dataclass(frozen=True)
class Grants:
    """What the provider gives out; calls block."""

    issuer: str
    client_id: str
    key: RSAKey
    codes: OneTimeCodes

    def code(self, asked: Asked, claims: Mapping[str, Any]) -> str:
        """A code for one exchange within a minute."""
        payload = {"asked": asked.payload(), "claims": dict(claims), "at": int(time.time())}
        return self.codes.issue(_CODE, payload, _CODE_LIFETIME)

    def exchange(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The tokens for a code; raise GrantRefused. The code is spent even by a wrong try."""
        if form.get("grant_type") != "authorization_code":
            raise GrantRefused("unsupported_grant_type")
        try:
            granted = self.codes.redeem(_CODE, form.get("code", ""))
        except NotSignedIn as error:
            raise GrantRefused("invalid_grant") from error
        asked = Asked(**granted["asked"])
        proof = str(create_s256_code_challenge(form.get("code_verifier", "")))
        same = hmac.compare_digest(proof, asked.challenge)
        if not same or form.get("redirect_uri") != asked.redirect_uri:
            raise GrantRefused("invalid_grant")
        access = self.codes.issue(_ACCESS, granted["claims"], _TOKEN_LIFETIME)
        claims = {**granted["claims"], "nonce": asked.nonce, "auth_time": granted["at"]}
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": int(_TOKEN_LIFETIME.total_seconds()),
            "id_token": self._id_token(claims, access),
            "scope": "openid profile",
        }

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """The claims that an access token opens; raise NotSignedIn."""
        return self.codes.look(_ACCESS, access_token)

    def _id_token(self, claims: Mapping[str, Any], access_token: str) -> str:
        now = int(time.time())
        half = create_half_hash(access_token, "RS256")
        standard = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + int(_TOKEN_LIFETIME.total_seconds()),
            "jti": secrets.token_hex(8),
            "at_hash": half.decode() if half else "",
        }
        header = {"alg": "RS256", "kid": self.key.kid}
        return jwt.encode(header, {**claims, **standard}, self.key, algorithms=["RS256"])
