"""The action server as Rasa calls it, over connections that stay open.

Rasa's `EndpointConfig` opens a session and a connection for every call, twice a turn, and with each
call goes the whole domain and everything that was ever said in the conversation. Our actions read
neither: they know the latest message and the slots.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url


class PooledEndpoint(EndpointConfig):
    """One session for the life of the process; made inside the event loop, closed by `close`."""

    def __init__(self, plain: EndpointConfig) -> None:
        super().__init__(plain.url, headers=plain.headers, enable_selective_domain=True)
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
        if "json" in kwargs:
            kwargs["json"] = _without_past(kwargs["json"])
        async with self._pool.request(method, url, compress=compress, **kwargs) as response:
            if response.status >= 400:
                reason = await response.content.read()
                raise ClientResponseError(response.status, response.reason, reason)
            return await response.json()

    async def close(self) -> None:
        """Let the connections go."""
        await self._pool.close()


def _without_past(call: Any) -> Any:
    """An action call without what happened before, which grows with every list that is shown."""
    tracker = call.get("tracker") if isinstance(call, dict) else None
    return call if tracker is None else {**call, "tracker": {**tracker, "events": []}}
