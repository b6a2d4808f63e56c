"""The one client that the development provider knows: Quad itself."""

from __future__ import annotations

import hashlib
import hmac

from bot.identity.relying_party import Client
from knowledge.settings import Settings


def development_client(settings: Settings) -> Client:
    """Quad's client id and secret at the development provider; no secret has to be configured."""
    key, said = settings.secret.encode(), b"client of the development provider"
    secret = hmac.new(key, said, hashlib.sha256).hexdigest()
    return Client(settings.sign_in.client_id, secret, settings.sign_in.role_claim)
