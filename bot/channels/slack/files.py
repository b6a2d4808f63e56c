"""Files shared in Slack become the uploads of a skill, as on the chat page."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.channels.slack.threads import Threads
from bot.channels.slack.workspaces import Workspaces
from bot.dialogue.demos import MOST_UPLOADS

logger = logging.getLogger(__name__)
MAX_BYTES = 10 * 1024 * 1024  # as the chat page takes (bot/web/uploads.py)
_KEPT_SECONDS = 3600
_PATIENCE = aiohttp.ClientTimeout(total=20)
_CHUNK = 256 * 1024
_HOSTS = ("files.slack.com", "slack-files.com")  # the token is shown to no other


class Files:
    """Downloads with the workspace's token, from Slack's own hosts alone."""

    def __init__(
        self, workspaces: Workspaces, folder: Path, api_url: str, threads: Threads
    ) -> None:
        self._workspaces = workspaces
        self._folder = folder
        self._threads = threads
        api = urlsplit(api_url)
        # A stand-in of Slack (SLACK_API_URL) serves its files itself, at its own address.
        self._stand_in = None if api.netloc == "slack.com" else (api.scheme, api.netloc)

    async def keep(self, team: str, event: Mapping[str, Any]) -> tuple[list[str], str | None]:
        """The files' upload ids, and why some are missing: "too-large" or "not-read"."""
        kept: list[str] = []
        problem = None
        for shared in list(event.get("files") or ())[:MOST_UPLOADS]:
            content, trouble = await self._content(team, shared)
            if content is not None:
                kept.append(await self._threads.run(self._write, content))
            problem = problem or trouble
        return kept, problem

    async def _content(
        self, team: str, shared: Mapping[str, Any]
    ) -> tuple[bytes | None, str | None]:
        url = str(shared.get("url_private_download") or shared.get("url_private") or "")
        if not self._is_slacks(url):
            logger.warning("slack: a file at a foreign address is not read")
            return None, "not-read"
        if int(shared.get("size") or 0) > MAX_BYTES:
            return None, "too-large"
        workspace = await self._workspaces.of(team)
        try:
            content = await self._download(url, workspace.token)
        except (aiohttp.ClientError, TimeoutError):
            return None, "not-read"
        if content is None:
            return None, "not-read"
        return (None, "too-large") if len(content) > MAX_BYTES else (content, None)

    def _is_slacks(self, url: str) -> bool:
        parts = urlsplit(url)
        if self._stand_in is not None and (parts.scheme, parts.netloc) == self._stand_in:
            return True
        return parts.scheme == "https" and parts.netloc in _HOSTS

    async def _download(self, url: str, token: str) -> bytes | None:
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as http,
            http.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            # Slack shows a sign-in page, not an error, to a token without files:read.
            if answer.status != 200 or "text/html" in answer.headers.get("Content-Type", ""):
                return None
            content = b""
            async for piece in answer.content.iter_chunked(_CHUNK):
                content += piece
                if len(content) > MAX_BYTES:
                    break
            return content

    def _write(self, content: bytes) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in self._folder.iterdir():
            if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                path.unlink(missing_ok=True)
        name = secrets.token_hex(16)
        (self._folder / name).write_bytes(content)
        return name
