"""Checking an ID token: signature by the provider's own key, algorithm pinned, every claim."""

from __future__ import annotations

import json
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from bot.identity.discovery import Discovery
from bot.identity.errors import TokenRefused

ALGORITHMS = ("RS256", "ES256")  # never "none", never a shared secret
_KTY = {"RS256": "RSA", "ES256": "EC"}
_LEEWAY = 30  # seconds that two clocks may differ
_LONGEST = 20_000  # characters
_ESSENTIAL = ("iss", "sub", "aud", "exp", "iat", "nonce")


async def checked(
    token: object,
    discovery: Discovery,
    *,
    client_id: str,
    nonce: str,
    access_token: str | None,
) -> dict[str, Any]:
    """The claims of an ID token; raise TokenRefused naming what is wrong with it."""
    if not isinstance(token, str) or len(token) > _LONGEST:
        raise TokenRefused("missing")
    algorithm, kid = _header(token)
    key = await discovery.key(kid)
    if key.key_type != _KTY[algorithm]:
        raise TokenRefused("alg")
    try:
        # The key was chosen by us: a key, or an address of one, inside the token is never used.
        decoded = jwt.decode(token, key, registry=JWSRegistry(algorithms=[algorithm]))
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused("signature") from error
    issuer = (await discovery.metadata()).place.issuer
    needed: dict[str, dict[str, Any]] = {name: {"essential": True} for name in _ESSENTIAL}
    options = {**needed, "iss": _exactly(issuer), "aud": _exactly(client_id)}
    params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
    claims = CodeIDToken(decoded.claims, decoded.header, options, params)
    try:
        claims.validate(leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused(str(getattr(error, "claim", "claims"))) from error
    _alone(claims, client_id)
    return dict(claims)


def _exactly(value: str) -> dict[str, Any]:
    return {"essential": True, "value": value}


def _header(token: str) -> tuple[str, str]:
    """Algorithm and key id of a token; raise TokenRefused unless both are what we take."""
    try:
        header = json.loads(urlsafe_b64decode(token.split(".")[0].encode()))
    except (ValueError, TypeError) as error:
        raise TokenRefused("header") from error
    if not isinstance(header, dict) or header.get("alg") not in ALGORITHMS or "crit" in header:
        raise TokenRefused("alg")
    if not isinstance(header.get("kid"), str):
        raise TokenRefused("kid")
    return header["alg"], header["kid"]


def _alone(claims: dict[str, Any], client_id: str) -> None:
    """A token for several audiences must name us as the party it was made for."""
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id:
        raise TokenRefused("azp")
