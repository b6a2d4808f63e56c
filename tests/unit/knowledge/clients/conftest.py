"""Starts misbehaving servers, and connects to them without really waiting between tries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from faulty_servers import Behaviour, Wire

from knowledge.clients import http
from knowledge.clients.http import Retries, Service


@pytest.fixture
async def wire() -> AsyncIterator[Callable[..., Awaitable[Wire]]]:
    """Start raw servers on free ports."""
    servers: list[asyncio.Server] = []

    async def start(*behaviours: Behaviour) -> Wire:
        served = Wire(list(behaviours))
        server = await asyncio.start_server(served.handle, "127.0.0.1", 0)
        served.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        servers.append(server)
        return served

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def waits() -> list[float]:
    """The pauses that the retries asked for."""
    return []


@pytest.fixture
async def connect(waits: list[float], monkeypatch: pytest.MonkeyPatch):
    """A service for an address, with short timeouts and no real pauses."""
    monkeypatch.setattr(http, "TIMEOUT", httpx.Timeout(0.25))

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async with httpx.AsyncClient() as shared:
        yield lambda address: Service("axess", address, shared, Retries(sleep=pause))
