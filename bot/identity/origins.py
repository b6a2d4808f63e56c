"""Which pages may call us from a browser: our own site, and the foreign ones that are allowed."""

from __future__ import annotations

from urllib.parse import urlsplit

from knowledge.settings import Settings

_LOCAL = ("localhost", "127.0.0.1")
METHODS = ("GET", "POST", "DELETE")
HEADERS = ("Authorization", "Content-Type", "Idempotency-Key")
EXPOSED = ("Retry-After",)
PREFLIGHT_SECONDS = 600


def allowed_origins(settings: Settings) -> tuple[str, ...]:
    """Origins as browsers send them; on a developer's machine both of its names."""
    site = urlsplit(settings.site_url)
    hosts = _LOCAL if site.hostname in _LOCAL else (site.hostname or "",)
    port = f":{site.port}" if site.port else ""
    own = (f"{site.scheme}://{host}{port}" for host in hosts)
    return tuple(dict.fromkeys((*own, *settings.origins)))
