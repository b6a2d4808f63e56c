"""The action server as Rasa calls it, over connections that stay open.

Rasa's `EndpointConfig` opens a session and a connection for every call, twice a turn.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url


class PooledEndpoint(EndpointConfig):
    """One session for the life of the process; made inside the event loop, closed by `close`."""

    def __init__(self, plain: EndpointConfig) -> None:
        super().__init__(plain.url, headers=plain.headers)
        self._pool = aiohttp.ClientSession(
            headers=self.headers, timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT)
        )

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """The JSON answer; raise Rasa's ClientResponseError on a status of 400 and above."""
        url = concat_url(self.url, subpath)
        async with self._pool.request(method, url, compress=compress, **kwargs) as response:
            if response.status >= 400:
                reason = await response.content.read()
                raise ClientResponseError(response.status, response.reason, reason)
            return await response.json()

    async def close(self) -> None:
        """Let the connections go."""
        await self._pool.close()
