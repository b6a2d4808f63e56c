"""`POST /uploads`: keeps a file for a skill, under an id that cannot be guessed."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Request, UploadFile
from fastapi.responses import JSONResponse

from bot.identity import ANONYMOUS, Gate
from bot.identity.limits import Limits
from bot.web.limiting import address_of
from knowledge.errors import NotSignedIn
from knowledge.settings import Settings

MAX_BYTES = 10 * 1024 * 1024
_KEPT_SECONDS = 3600
_CHUNK = 256 * 1024


def router(settings: Settings, gate: Gate, limits: Limits) -> APIRouter:
    """The upload route."""
    routes = APIRouter()
    folder = settings.var / "uploads"

    @routes.post("/uploads", status_code=201)
    async def upload(
        request: Request,
        file: UploadFile,
        authorization: Annotated[str | None, Header()] = None,
    ) -> JSONResponse:
        """Store a file of at most 10 MB; visitors need their token too."""
        principal = gate.admit(authorization)
        if principal == ANONYMOUS:
            raise NotSignedIn("missing")
        limits.upload(principal, address_of(request, limits))
        folder.mkdir(parents=True, exist_ok=True)
        _forget_old(folder)
        name = secrets.token_hex(16)
        kept = await _keep(file, folder / name)
        if not kept:
            return JSONResponse({"error": "file-too-large", "limit": MAX_BYTES}, status_code=413)
        return JSONResponse({"upload": name}, status_code=201)

    return routes


async def _keep(file: UploadFile, path: Path) -> bool:
    """Write in pieces; False (and nothing left) when the file is too large."""
    size = 0
    with path.open("wb") as out:
        while chunk := await file.read(_CHUNK):
            size += len(chunk)
            if size > MAX_BYTES:
                break
            out.write(chunk)
    if size > MAX_BYTES:
        path.unlink()  # noqa: ASYNC240 - a single quick call
    return size <= MAX_BYTES


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
            path.unlink(missing_ok=True)
