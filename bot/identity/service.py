"""Everything about identity that the site needs, wired once."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI

from bot.identity.discovery import Place
from bot.identity.ended import EndedSignIns
from bot.identity.errors import SignInNotSetUp
from bot.identity.gate import Gate
from bot.identity.one_time import OneTimeCodes
from bot.identity.people import Person
from bot.identity.provider import PATH, create_provider, development_client
from bot.identity.relying_party import Client, RelyingParty
from bot.identity.sign_ins import ACCESS_LIFETIME, SignIn, SignIns
from bot.storage.database import DoorDatabase
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage import moments

EXCHANGE_LIFETIME = timedelta(minutes=1)
_EXCHANGE = "exchange"
_SECONDS = 10.0


@dataclass
class Identity:
    """The gate, the sign-ins and the provider of one site process."""

    settings: Settings
    gate: Gate
    sign_ins: SignIns
    codes: OneTimeCodes
    _party: RelyingParty | None = field(default=None, repr=False)
    _http: httpx.AsyncClient | None = field(default=None, repr=False)

    @classmethod
    def of(cls, settings: Settings, doors: DoorDatabase) -> Identity:
        """On the doors' tables of one database."""
        ended = EndedSignIns(doors)
        gate = Gate(settings.secret, ended)
        return cls(settings, gate, SignIns(doors, settings.secret, ended), OneTimeCodes(doors))

    @property
    def development(self) -> bool:
        """Whether our own provider stands in: none is named, and the site is this machine's own."""
        return self.settings.sign_in.issuer is None and _is_local(self.settings.site_url)

    def provider(self, doors: DoorDatabase) -> FastAPI:
        """The development provider, to be mounted at its path."""
        return create_provider(self.settings, doors.units, self.codes)

    def party(self, server: tuple[str, int]) -> RelyingParty:
        """The relying party; `server` is where this process was reached (never what a header said).

        Raise SignInNotSetUp.
        """
        if self._party is None:
            self._http = httpx.AsyncClient(timeout=_SECONDS)
            self._party = RelyingParty(*self._other_side(server), self.codes, self._http)
        return self._party

    def _other_side(self, server: tuple[str, int]) -> tuple[Place, Client]:
        wanted = self.settings.sign_in
        if wanted.issuer is not None:
            issuer = wanted.issuer.rstrip("/")
            known = Client(wanted.client_id, wanted.client_secret or "", wanted.role_claim)
            return Place(wanted.issuer, issuer), known
        if not self.development:
            raise SignInNotSetUp
        host = f"[{server[0]}]" if ":" in server[0] else server[0]
        address = f"http://{host}:{server[1]}{PATH}"
        return Place(f"{self.settings.site_url}{PATH}", address, PATH), development_client(
            self.settings
        )

    def access(self, sign_in: SignIn) -> tuple[str, int]:
        """A token for the doors and the seconds that it counts; never longer than the sign-in."""
        left = min(ACCESS_LIFETIME, sign_in.expires_at - moments.now())
        return self._issue(sign_in, left)

    def page_token(self, sign_in: SignIn) -> tuple[str, int]:
        """A token for a cookie of our own pages: as long as the sign-in, and ended with it."""
        return self._issue(sign_in, sign_in.expires_at - moments.now())

    def hand_over(self, person: Person) -> str:
        """A code that a page exchanges, once and within a minute, for a sign-in of this person."""
        principal = person.principal
        told = {"subject": principal.subject, "role": principal.role.value, "name": person.name}
        return self.codes.issue(_EXCHANGE, told, EXCHANGE_LIFETIME)

    def exchange(self, code: str) -> SignIn:
        """The sign-in that a handed-over code begins; raise NotSignedIn."""
        told = self.codes.redeem(_EXCHANGE, code)
        principal = Principal(str(told["subject"]), Role(told["role"]))
        return self.sign_ins.begin(Person(principal, str(told["name"])))

    async def close(self) -> None:
        """Give the connections to the provider back."""
        if self._http is not None:
            await self._http.aclose()

    def _issue(self, sign_in: SignIn, left: timedelta) -> tuple[str, int]:
        seconds = max(1, int(left.total_seconds()))
        lifetime = timedelta(seconds=seconds)
        return self.gate.issue(sign_in.person.principal, lifetime, sign_in.sign_in_id), seconds


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
