"""Signed tokens (JWT, HS256): who is asking, made and checked by the composition roots."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt

from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role

_ALGORITHM = "HS256"
_AUDIENCE = "quad"


@dataclass(frozen=True)
class Claims:
    """What a good token says: for whom it speaks, until when, and from which sign-in it comes."""

    principal: Principal
    expires: float  # seconds since 1970
    sign_in: str | None = None  # none for visitors, services and the command line's tokens


def issue(
    principal: Principal, secret: str, lifetime: timedelta, sign_in: str | None = None
) -> str:
    """Sign a token for that principal; it expires by the real clock, never by QUAD_TODAY."""
    now = datetime.now(UTC)
    claims = {
        "sub": principal.subject,
        "role": principal.role.value,
        "aud": _AUDIENCE,
        "iat": now,
        "exp": now + lifetime,
    }
    named = {} if sign_in is None else {"sid": sign_in}
    return jwt.encode({**claims, **named}, secret, algorithm=_ALGORITHM)


def verify(token: str, secret: str) -> Principal:
    """The principal a token speaks for; raise NotSignedIn when it is forged or expired."""
    return read(token, secret).principal


def read(token: str, secret: str) -> Claims:
    """What a token says; raise NotSignedIn when it is forged or expired."""
    claims = _read(token, secret)
    if time.time() >= claims.expires:
        raise NotSignedIn("expired")
    return claims


@lru_cache(maxsize=4096)
def _read(token: str, secret: str) -> Claims:
    """A good signature stays good, so it is checked once; when it expires is checked always."""
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            options={"require": ["sub", "role", "exp"]},
        )
        principal = Principal(str(claims["sub"]), Role(claims["role"]))
        sign_in = claims.get("sid")
        return Claims(principal, float(claims["exp"]), None if sign_in is None else str(sign_in))
    except jwt.ExpiredSignatureError as error:
        raise NotSignedIn("expired") from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise NotSignedIn("forged") from error
