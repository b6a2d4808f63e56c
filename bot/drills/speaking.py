"""Impatient clients of both doors: they give up, send again, send twice, and change the replica."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import socketio
from socketio.exceptions import SocketIOError

Replies = list[dict[str, Any]]
_PATIENT = 60.0  # seconds
_HASTE = (0.005, 0.6)  # seconds after which an impatient try is given up
_TRIES = 60


@dataclass(frozen=True)
class Said:
    """One message under its id."""

    id: str
    text: str


class NeverAnswered(RuntimeError):
    """A message got no answer over all its tries."""


@dataclass
class RestClient:
    """Speaks to any replica; every try of a message has the same id."""

    bots: list[str]
    token: str
    sender: str
    http: httpx.AsyncClient
    chance: random.Random
    tries: int = 0

    async def say(self, said: Said) -> Replies:
        """Until it is answered; raise NeverAnswered."""
        return await _until_answered(self._once, said, self.chance)

    async def _once(self, said: Said, patience: float) -> Replies | None:
        self.tries += 1
        body = {"sender": self.sender, "message": said.text, "metadata": {"message_id": said.id}}
        url = f"{self.chance.choice(self.bots)}/webhooks/rest/webhook"
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            answer = await self.http.post(url, json=body, headers=headers, timeout=patience)
        except httpx.TransportError:
            return None
        if answer.status_code >= 500:
            return None
        answer.raise_for_status()
        replies: Replies = answer.json()
        return replies

    async def close(self) -> None:
        """Nothing stays open."""


@dataclass
class SocketClient:
    """A page without a page: one socket at a time, to any replica."""

    bots: list[str]
    token: str
    chance: random.Random
    tries: int = 0
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    _socket: socketio.AsyncClient | None = None
    _calls: list[asyncio.Future[Any]] = field(default_factory=list)
    _leaving: list[asyncio.Task[None]] = field(default_factory=list)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def say(self, said: Said) -> Replies:
        """Until it is acknowledged; raise NeverAnswered. What it was answered is in `shown`."""
        return await _until_answered(self._once, said, self.chance)

    async def _once(self, said: Said, patience: float) -> Replies | None:
        self.tries += 1
        try:
            async with self._opening:
                socket = await self._connected()
            message = {"id": said.id, "message": said.text}
            call = asyncio.ensure_future(
                socket.call("user_uttered", message, timeout=max(1, round(patience)))
            )
            self._calls.append(call)
            await asyncio.wait([call])
            # A server that is killed may leave a call without an answer.
            answer = {} if call.cancelled() else (call.result() or {})
        except (SocketIOError, OSError, TimeoutError):
            await self._drop()
            return None
        if self.chance.random() < 0.3:
            await self._drop()
        return [] if answer.get("ok") else None

    async def _connected(self) -> socketio.AsyncClient:
        if self._socket is None or not self._socket.connected:
            socket = socketio.AsyncClient(reconnection=False)
            socket.on("bot_uttered", self._show)
            socket.on("history", self._show_all)
            await socket.connect(
                self.chance.choice(self.bots),
                auth={"token": self.token},
                transports=["polling"],  # the page of the other drill has the websockets
                wait_timeout=20,
            )
            self._socket = socket
        return self._socket

    async def _show(self, message: dict[str, Any]) -> None:
        self.shown[message["id"]] = message

    async def _show_all(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            if message["from"] == "bot":
                self.shown[message["id"]] = message

    async def _drop(self) -> None:
        socket, self._socket = self._socket, None
        for call in self._calls:  # nobody answers through a socket that is gone
            call.cancel()
        self._calls.clear()
        if socket is not None:  # without a word, as a line breaks
            self._leaving.append(asyncio.create_task(_break(socket)))

    async def close(self) -> None:
        """Leave; a long poll that still hangs is not waited for."""
        await self._drop()
        for leaving in self._leaving:
            leaving.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)


async def _break(socket: socketio.AsyncClient) -> None:
    session = socket.eio.http
    try:
        await socket.eio.disconnect(abort=True)
    finally:
        if session is not None:
            await session.close()


async def _until_answered(
    once: Callable[[Said, float], Awaitable[Replies | None]], said: Said, chance: random.Random
) -> Replies:
    for number in range(_TRIES):
        hasty = number < 4 and chance.random() < 0.5
        patience = chance.uniform(*_HASTE) if hasty else _PATIENT
        copies = 1 if chance.random() < 0.7 else chance.randint(2, 4)
        answers = await asyncio.gather(*(once(said, patience) for _ in range(copies)))
        given = [answer for answer in answers if answer is not None]
        if given:
            return given[0]
        await asyncio.sleep(chance.uniform(0, 0.3))
    raise NeverAnswered(said.text)
