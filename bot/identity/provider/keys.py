"""The development provider's signing key: RSA, made at the first start, kept under var/."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from joserfc.jwk import RSAKey

_BITS = 2048
_FILE = "sso_key.pem"


def kept_key(var: Path) -> RSAKey:
    """The key under `var`; racing processes agree on one, and nobody reads half a key."""
    path = var / _FILE
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        candidate = var / f".{_FILE}-{os.getpid()}-{secrets.token_hex(4)}"
        candidate.touch(mode=0o600)
        candidate.write_bytes(RSAKey.generate_key(_BITS, private=True).as_pem(private=True))
        try:
            os.link(candidate, path)  # appears whole or not at all
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    bare = RSAKey.import_key(path.read_bytes())
    kid = bare.thumbprint()
    return RSAKey.import_key(path.read_bytes(), {"kid": kid, "use": "sig", "alg": "RS256"})
