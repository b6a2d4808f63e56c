"""Tokens as forgers make them: by hand, for libraries refuse to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any


def coded(value: Any) -> str:
    """JSON, or bytes, as a part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any], alg: str, **header: Any) -> str:
    """A token that says it needs no signature."""
    return f"{coded({'alg': alg, **header})}.{coded(claims)}."


def by_shared_secret(
    claims: dict[str, Any], secret: bytes, alg: str = "HS256", **header: Any
) -> str:
    """A token signed with any bytes, such as a public key that everybody can read."""
    said = f"{coded({'alg': alg, 'typ': 'JWT', **header})}.{coded(claims)}"
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[alg]
    return f"{said}.{coded(hmac.new(secret, said.encode(), digest).digest())}"
