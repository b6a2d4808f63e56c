"""Encrypts what Slack entrusted to us before it stands in the database: tokens and messages."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"quad slack at rest"


class Unopenable(Exception):
    """Sealed with another secret (QUAD_SECRET was changed), or damaged."""


class Sealing:
    """Seals and opens JSON values with a key made from QUAD_SECRET."""

    def __init__(self, secret: str) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, value: Any) -> bytes:
        """The value, unreadable without the secret."""
        return self._fernet.encrypt(json.dumps(value, separators=(",", ":")).encode())

    def open(self, sealed: bytes) -> Any:
        """The value; raise Unopenable."""
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise Unopenable from error
