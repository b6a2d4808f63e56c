"""Reads our own pictures and files, which Slack itself cannot fetch from a closed network."""

from __future__ import annotations

from urllib.parse import urlsplit

import aiohttp

from knowledge.settings import Settings

_MOST_BYTES = 20_000_000
_CHUNK = 64 * 1024
_PATIENCE = aiohttp.ClientTimeout(total=10)
_LOCAL = ("localhost", "127.0.0.1")


class Pictures:
    """Fetches from our own processes alone, whatever address a reply names."""

    def __init__(self, settings: Settings) -> None:
        ports = (settings.site_port, settings.skills_port)
        self._inside = {
            f"{scheme}://{host}:{port}": f"http://127.0.0.1:{port}"
            for scheme in ("http", "https")
            for host in _LOCAL
            for port in ports
        }
        self._inside[settings.site_url] = f"http://127.0.0.1:{settings.site_port}"
        self._inside[settings.skills_url] = f"http://127.0.0.1:{settings.skills_port}"

    async def fetch(self, address: str) -> bytes | None:
        """The bytes behind an address of ours; None for a foreign one, or when it fails."""
        parts = urlsplit(address)
        inside = self._inside.get(f"{parts.scheme}://{parts.netloc}")
        if inside is None:
            return None
        url = f"{inside}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as http,
                http.get(url, allow_redirects=False) as answer,
            ):
                if answer.status != 200:
                    return None
                content = b""
                async for piece in answer.content.iter_chunked(_CHUNK):
                    content += piece
                    if len(content) > _MOST_BYTES:
                        return None
        except (aiohttp.ClientError, TimeoutError):
            return None
        return content
