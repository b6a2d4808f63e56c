"""A site that browsers reach by https answers as such behind the proxy that ends it.

Cookies are then marked secure and addresses begin right, whatever headers the proxy sends.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class PublicScheme:
    """Puts the scheme of the site's public address in place of the socket's."""

    def __init__(self, app: ASGIApp, site_url: str) -> None:
        self.app = app
        self._https = site_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if self._https and scope["type"] == "http":
            scope = {**scope, "scheme": "https"}
        await self.app(scope, receive, send)
