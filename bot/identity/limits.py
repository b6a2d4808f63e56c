"""How often somebody may ask: token buckets by user and by address, in this process's memory.

A bucket holds a minute's worth and fills steadily, so a burst is no fault and a flood is. Our own
services, and this machine's own programs unless the settings say otherwise, are not counted.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import ClassVar

from bot.identity.addresses import Address, address_of
from knowledge.errors import QuadError
from knowledge.model.students import Principal, Role
from knowledge.settings import LimitSettings

_MOST_BUCKETS = 50_000


@dataclass(eq=False)
class TooManyRequests(QuadError):
    """More than the settings allow one user or one address; `retry_after` is in seconds."""

    problem: ClassVar[str] = "too-many-requests"
    status: ClassVar[int] = 429
    retry_after: int


class Buckets:
    """One bucket a key, each `per_minute` large; the ones unused longest are forgotten first."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rate = float(per_minute), per_minute / 60
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> None:
        """Take one; raise TooManyRequests when there is none, saying when there will be."""
        with self._lock:
            now = self._clock()
            level, since = self._levels.pop(key, (self._most, now))
            level = min(self._most, level + (now - since) * self._rate)
            enough = level >= 1
            self._levels[key] = (level - 1 if enough else level, now)
            if len(self._levels) > _MOST_BUCKETS:
                self._levels.popitem(last=False)
        if not enough:
            raise TooManyRequests(max(1, math.ceil((1 - level) / self._rate)))


class Limits:
    """The limits of one process."""

    def __init__(
        self, settings: LimitSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._users = Buckets(settings.user, clock)
        self._uploads = Buckets(settings.uploads, clock)
        self._addresses = Buckets(settings.address, clock)
        self._sign_ins = Buckets(settings.sign_ins, clock)

    def locate(self, peer: str | None, forwarded: str | None) -> Address:
        """The address of a request, as far as the settings trust what its header says."""
        return address_of(peer, forwarded, self._settings.trusted_proxies)

    def message(self, principal: Principal, address: Address) -> None:
        """One message of this user; raise TooManyRequests. Without a token the address counts."""
        if self._counted(address) and principal.subject and principal.role is not Role.SERVICE:
            self._users.take(f"{principal.role.value}:{principal.subject}")

    def upload(self, principal: Principal, address: Address) -> None:
        """One file of this user; raise TooManyRequests."""
        if self._counted(address):
            self._uploads.take(f"{principal.role.value}:{principal.subject}")

    def request(self, address: Address) -> None:
        """One request from this address; raise TooManyRequests."""
        if self._counted(address):
            self._addresses.take(address.household)

    def sign_in(self, address: Address) -> None:
        """One step of signing in from this address; raise TooManyRequests."""
        if self._counted(address):
            self._sign_ins.take(address.household)

    def _counted(self, address: Address) -> bool:
        return self._settings.own_machine or not address.own
