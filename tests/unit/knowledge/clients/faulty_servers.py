"""Servers that misbehave on the wire: behaviours, and a raw server that shows them in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes, status: str = "200 OK", *headers: str) -> Behaviour:
    """A behaviour that answers at once and closes."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers]
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(whole)
        await writer.drain()

    return behave


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Cut the connection without an answer."""
    writer.transport.abort()


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Never answer; the client must give up by itself."""
    await reader.read()


async def cut_short(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Promise more than is sent."""
    writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"half":')
    await writer.drain()


@dataclass
class Wire:
    """A raw server: the n-th connection gets the n-th behaviour, the last one for ever."""

    behaviours: list[Behaviour]
    requests: list[bytes] = field(default_factory=list)
    address: str = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            place = min(len(self.requests), len(self.behaviours)) - 1
            await self.behaviours[place](reader, writer)
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()
