"""Has the job server turn photos into encodings, and leaves nothing of them behind."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.checkin.errors import EncoderAway, EncoderBusy, PhotoRefused
from skills.errors import ImageTooLarge, NoFaceFound, NotAnImage

_SKILL = "face_encoding"
_WAIT_SECONDS = 25  # torch may have to be loaded first
_OF_THE_PHOTO = frozenset(each.slug for each in (NoFaceFound, NotAnImage, ImageTooLarge))


@dataclass(frozen=True)
class Encoder:
    """The job server's client. `uploads` is the folder from which it reads."""

    http: httpx.AsyncClient
    url: str
    uploads: Path
    token: Callable[[], str]

    async def encodings(self, photos: Sequence[bytes]) -> list[list[float]]:
        """One for each photo; raise PhotoRefused, EncoderBusy or EncoderAway."""
        names = [secrets.token_hex(16) for _ in photos]
        try:
            await asyncio.to_thread(self._put, names, photos)
            return await self._run(names)
        except (httpx.HTTPError, OSError) as error:
            raise EncoderAway from error
        finally:
            await asyncio.to_thread(self._take_away, names)

    def _put(self, names: Sequence[str], photos: Sequence[bytes]) -> None:
        self.uploads.mkdir(parents=True, exist_ok=True)
        for name, photo in zip(names, photos, strict=True):
            path = self.uploads / name
            path.touch(mode=0o600)
            path.write_bytes(photo)

    def _take_away(self, names: Sequence[str]) -> None:
        for name in names:
            with suppress(OSError):  # without the folder there is nothing to take away
                (self.uploads / name).unlink()

    async def _run(self, names: list[str]) -> list[list[float]]:
        started = await self._call("POST", "/jobs", json={"skill": _SKILL, "uploads": names})
        path = f"/jobs/{started['id']}"
        try:
            job = await self._call("GET", path, params={"wait": _WAIT_SECONDS})
        finally:
            await self._call("DELETE", path, params={"forget": True})
        if job["state"] == "failed" and job["error"]["slug"] in _OF_THE_PHOTO:
            raise PhotoRefused(str(job["error"]["slug"]))
        if job["state"] != "done":
            raise EncoderAway
        encodings: list[list[float]] = job["result"]["data"]["encodings"]
        return encodings

    async def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token()}"}
        timeout = _WAIT_SECONDS + 5.0
        response = await self.http.request(
            method, f"{self.url}{path}", headers=headers, timeout=timeout, **more
        )
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise EncoderBusy
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer
