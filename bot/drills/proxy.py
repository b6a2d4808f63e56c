"""A line that breaks: a TCP proxy that cuts connections, or holds an answer back, when told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

_CHUNK = 65_536
Watch = Callable[[bool, bytes], int | None]


class Line:
    """Proxies a port of its own to `port`, in a thread of its own.

    `watch` sees all that passes (whether it comes from the client, and the bytes) and says how
    many of these bytes still pass before the connection is cut; None: all, and it stays.
    """

    def __init__(self, port: int, watch: Watch | None = None) -> None:
        self._target = port
        self.watch = watch
        self.open = threading.Event()  # nothing passes, and nobody connects, while it is not set
        self.open.set()
        self.cuts = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port: int = asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result()

    def cut(self) -> None:
        """Cut all connections now."""
        self._loop.call_soon_threadsafe(self._cut_all)

    def close(self) -> None:
        """End."""
        self._loop.call_soon_threadsafe(self._cut_all)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    async def _begin(self) -> int:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def _cut_all(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.open.is_set():
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, far_writer}
        self._writers |= both
        ways = [
            asyncio.ensure_future(self._pipe(True, reader, far_writer)),
            asyncio.ensure_future(self._pipe(False, far_reader, writer)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for each in both:
            each.transport.abort()
        self._writers -= both
        for way in ways:
            way.cancel()

    async def _pipe(
        self, outward: bool, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(_CHUNK):
                while not self.open.is_set():  # noqa: ASYNC110 - set by another thread
                    await asyncio.sleep(0.01)
                passing = self.watch(outward, data) if self.watch else None
                writer.write(data if passing is None else data[:passing])
                await writer.drain()
                if passing is not None:
                    self.cuts += 1
                    return
