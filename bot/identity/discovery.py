"""What a provider says of itself: its endpoints and its keys, fetched when needed and kept a while.

Its keys are fetched again for a key id that is not among them (the provider has rotated), though
not more often than every few seconds: made-up key ids are no way to have us fetch without end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from bot.identity.errors import ProviderUnreachable, TokenRefused

_KEPT_SECONDS = 3600.0
_REFETCH_SECONDS = 5.0
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Place:
    """Where a provider is: what it calls itself, and the address we reach it at.

    The two differ for the development provider alone: this very process serves it under `path`,
    on whatever host a browser calls the site by.
    """

    issuer: str
    address: str
    path: str | None = None

    def reach(self, endpoint: str) -> str:
        """An endpoint at the address we reach it at."""
        inside = endpoint.startswith(f"{self.issuer}/")
        return self.address + endpoint.removeprefix(self.issuer) if inside else endpoint

    def shown(self, endpoint: str, here: str) -> str:
        """An endpoint as a browser reaches it that has reached the site at `here`."""
        ours = self.path is not None and endpoint.startswith(f"{self.issuer}/")
        return f"{here}{self.path}{endpoint.removeprefix(self.issuer)}" if ours else endpoint


@dataclass(frozen=True)
class Metadata:
    """The provider's own description, checked."""

    place: Place
    said: dict[str, Any]

    def endpoint(self, name: str) -> str | None:
        """An endpoint as we reach it; None when the provider has none of that name."""
        value = self.said.get(name)
        return self.place.reach(value) if isinstance(value, str) else None

    def required(self, name: str) -> str:
        """An endpoint that was checked to be there."""
        return self.place.reach(str(self.said[name]))


class Discovery:
    """The metadata and keys of one provider."""

    def __init__(self, http: httpx.AsyncClient, place: Place) -> None:
        self._http, self._place = http, place
        self._metadata: Metadata | None = None
        self._keys: KeySet | None = None
        self._stale_at = 0.0
        self._keys_fetched = 0.0

    async def metadata(self) -> Metadata:
        """The provider's endpoints; raise ProviderUnreachable."""
        if self._metadata is None or time.monotonic() >= self._stale_at:
            said = await self._json(f"{self._place.address}/.well-known/openid-configuration")
            if said.get("issuer") != self._place.issuer:
                raise ProviderUnreachable("another issuer")
            if not all(_is_address(said.get(name)) for name in _ENDPOINTS):
                raise ProviderUnreachable("endpoints missing")
            self._metadata = Metadata(self._place, said)
            self._stale_at = time.monotonic() + _KEPT_SECONDS
            self._keys = None
        return self._metadata

    async def key(self, kid: str) -> Key:
        """The key of that id; raise TokenRefused when the provider has none."""
        if self._keys is None:
            await self._fetch_keys()
        found = self._known(kid)
        if found is None and time.monotonic() - self._keys_fetched >= _REFETCH_SECONDS:
            await self._fetch_keys()
            found = self._known(kid)
        if found is None:
            raise TokenRefused("key")
        return found

    def _known(self, kid: str) -> Key | None:
        return next((key for key in self._keys or () if key.kid == kid), None)

    async def _fetch_keys(self) -> None:
        said = await self._json((await self.metadata()).required("jwks_uri"))
        try:
            self._keys = KeySet.import_key_set({"keys": [_plain(key) for key in said["keys"]]})
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ProviderUnreachable("keys unreadable") from error
        self._keys_fetched = time.monotonic()

    async def _json(self, url: str) -> dict[str, Any]:
        try:
            response = await self._http.get(url)
            response.raise_for_status()
            said = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnreachable(type(error).__name__) from error
        if not isinstance(said, dict):
            raise ProviderUnreachable("no object")
        return said


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def _plain(key: Any) -> Any:
    """Public members only, and none of a symmetric key: nobody may publish what signs."""
    if not isinstance(key, dict) or key.get("kty") not in ("RSA", "EC"):
        raise ValueError
    return {name: value for name, value in key.items() if name in _MEMBERS}


_MEMBERS = frozenset({"kty", "kid", "use", "alg", "n", "e", "crv", "x", "y"})
