"""Encrypts what should be readable with QUAD_SECRET alone before it stands in the database."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unopenable(Exception):
    """Sealed with another secret (QUAD_SECRET was changed) or for another purpose, or damaged."""


class Sealing:
    """Seals and opens JSON values with a key made from the secret, another one for each purpose."""

    def __init__(self, secret: str, purpose: bytes) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
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
