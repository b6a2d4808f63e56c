"""Where a request comes from: the peer, or whom a trusted proxy names."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Address:
    """Where a request comes from; `own` is this very machine, with no proxy between."""

    text: str
    own: bool = False

    @property
    def household(self) -> str:
        """What is counted as one: an IPv4 address, or the 64 bits that a home's IPv6 share."""
        found = _parsed(self.text)
        if not isinstance(found, ipaddress.IPv6Address):
            return self.text
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(found) >> 64 << 64, 64)))


def address_of(
    peer: str | None, forwarded: str | None, trusted: Sequence[IPNetwork] = ()
) -> Address:
    """The address of a request by its socket's peer and its `X-Forwarded-For` header.

    The header counts only as far as trusted proxies wrote it: read from the right, the first
    address that is no such proxy's. From anybody else it is no more than a claim; a loopback peer
    that sends one is a proxy nobody told us of, and not this machine's own.
    """
    at = _parsed(peer or "")
    if at is None:
        return Address("unknown")
    if forwarded is None:
        return Address(str(at), at.is_loopback)
    hops = [each.strip() for each in forwarded.split(",")]
    while hops and _within(at, trusted):
        further = _parsed(hops.pop())
        if further is None:
            break
        at = further
    return Address(str(at))


def _within(address: IPAddress, networks: Sequence[IPNetwork]) -> bool:
    return any(address in network for network in networks)


def _parsed(text: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
