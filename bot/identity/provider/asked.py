"""What a client asks of the authorize endpoint, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from bot.identity.relying_party import CALLBACK
from knowledge.settings import Settings

_CHALLENGE = re.compile(r"[A-Za-z0-9_\-]{43}")
_MOST = 2_000


@dataclass(frozen=True)
class AskedWrongly(Exception):
    """A request that no browser may be sent back from: the client or its address is unknown."""

    what: str


@dataclass(frozen=True)
class Asked:
    """An authorization request whose client and address to go back to are known."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    fault: str | None = None  # the OAuth error to send back with

    def back(self, **answer: str) -> str:
        """The address to send the browser back to."""
        return f"{self.redirect_uri}?{urlencode({**answer, 'state': self.state})}"

    def payload(self) -> dict[str, Any]:
        """As plain values, to be kept under a one-time code."""
        return asdict(self)


def read(request: Request, settings: Settings) -> Asked:
    """Read the query of an authorization request; raise AskedWrongly."""
    query = request.query_params
    if query.get("client_id") != settings.sign_in.client_id:
        raise AskedWrongly("client_id")
    redirect_uri = query.get("redirect_uri", "")
    # This host, as the browser calls it: it goes back to where it came from, and nowhere else.
    here = f"{request.url.scheme}://{request.url.netloc}"
    if redirect_uri not in (f"{here}{CALLBACK}", f"{settings.site_url}{CALLBACK}"):
        raise AskedWrongly("redirect_uri")
    kept = {name: query.get(name, "")[:_MOST] for name in ("state", "nonce")}
    return Asked(
        redirect_uri, **kept, challenge=query.get("code_challenge", ""), fault=_fault(query)
    )


def _fault(query: Mapping[str, str]) -> str | None:
    if query.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in query.get("scope", "").split():
        return "invalid_scope"
    proof = query.get("code_challenge_method"), query.get("code_challenge", "")
    if proof[0] != "S256" or not _CHALLENGE.fullmatch(proof[1]) or not query.get("state"):
        return "invalid_request"
    return None
