"""Signed tokens (JWT, HS256): who is asking, made and checked by the composition roots."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt

from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role

_ALGORITHM = "HS256"
_AUDIENCE = "quad"


def issue(principal: Principal, secret: str, lifetime: timedelta) -> str:
    """Sign a token for that principal; it expires by the real clock, never by QUAD_TODAY."""
    now = datetime.now(UTC)
    claims = {
        "sub": principal.subject,
        "role": principal.role.value,
        "aud": _AUDIENCE,
        "iat": now,
        "exp": now + lifetime,
    }
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def verify(token: str, secret: str) -> Principal:
    """The principal a token speaks for; raise NotSignedIn when it is forged or expired."""
    principal, expires = _read(token, secret)
    if time.time() >= expires:
        raise NotSignedIn("expired")
    return principal


@lru_cache(maxsize=4096)
def _read(token: str, secret: str) -> tuple[Principal, float]:
    """A good signature stays good, so it is checked once; when it expires is checked always."""
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            options={"require": ["sub", "role", "exp"]},
        )
        return Principal(str(claims["sub"]), Role(claims["role"])), float(claims["exp"])
    except jwt.ExpiredSignatureError as error:
        raise NotSignedIn("expired") from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise NotSignedIn("forged") from error
