"""The door's own threads for what blocks: an acknowledgement never queues behind other work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 4


class Threads:
    """A few threads, kept for the process."""

    def __init__(self, most: int = _MOST) -> None:
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="slack")

    async def run(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the blocking call returns; the event loop goes on meanwhile."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: call(*args, **kwargs))

    def close(self) -> None:
        """Let running calls end."""
        self._pool.shutdown(wait=False)
