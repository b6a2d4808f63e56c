"""Voice over HTTP: `POST /voice/hear`, `POST /voice/say`, `POST /voice/written`, `GET /voice`.

Whoever chats here may speak, visitors too; a token is asked for so that strangers cannot use the
engines. Recordings are read in memory and never kept, nor are words logged.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from bot.identity import ANONYMOUS, Gate
from bot.voice.engines.choosing import engines, served
from bot.voice.errors import RecordingTooLarge, VoiceBusy, VoiceMissing
from bot.voice.language.building import LEXICON
from bot.voice.pool import Worker
from bot.voice.recording import MAX_BYTES
from bot.voice.speech import Heard
from bot.voice.spoken import Writer
from knowledge.errors import NotSignedIn
from knowledge.mocks import problems
from knowledge.settings import Settings

MAX_CHARACTERS = 1_000


class Said(BaseModel):
    """Words: to be read aloud, or as another recogniser understood them."""

    text: str = Field(min_length=1, max_length=MAX_CHARACTERS)
    locale: str = Field("en", pattern=r"^[A-Za-z]{2}([_-][A-Za-z0-9]{2,8})*$", max_length=20)


class Understood(BaseModel):
    """What was heard; the confidence is the engine's own."""

    text: str
    confidence: float
    engine: str


class Written(BaseModel):
    """The same words as students type them."""

    text: str


class Ears(BaseModel):
    """The engines of this installation; null where there is none."""

    hear: str | None
    say: str | None


def listener(settings: Settings) -> Worker:
    """The worker process behind the routes, not started yet; the app closes it."""
    return Worker(served, (settings.voice, settings.var / "voice"))


def router(settings: Settings, gate: Gate, working: Worker) -> APIRouter:
    """The routes of voice."""
    routes = APIRouter()
    have = engines(settings.voice)

    def admitted(authorization: str | None) -> None:
        if gate.admit(authorization) == ANONYMOUS:
            raise NotSignedIn("missing")

    @routes.get("/voice")
    def ears() -> Ears:
        """What can listen and speak here."""
        return Ears(hear=have.hear, say=have.say)

    @routes.post("/voice/hear", response_model=Understood)
    async def hear(
        request: Request, authorization: Annotated[str | None, Header()] = None
    ) -> Response | Understood:
        """Understand one WAV recording of at most 30 seconds and 2 MB."""
        admitted(authorization)
        if have.hear is None:
            raise VoiceMissing("")
        found = await _unless_busy(working, "hear", await _bounded(request))
        if isinstance(found, Response):
            return found
        heard: Heard = found
        return Understood(text=heard.text, confidence=heard.confidence, engine=have.hear)

    @routes.post("/voice/say", response_class=Response)
    async def say(said: Said, authorization: Annotated[str | None, Header()] = None) -> Response:
        """Read a text aloud, as a WAV recording."""
        admitted(authorization)
        if have.say is None:
            raise VoiceMissing("espeak-ng")
        found = await _unless_busy(working, "say", said.text, said.locale)
        if isinstance(found, Response):
            return found
        headers = {"Cache-Control": "no-store"}
        return Response(found, media_type="audio/wav", headers=headers)

    @routes.post("/voice/written")
    def written(said: Said, authorization: Annotated[str | None, Header()] = None) -> Written:
        """Write what the browser's recogniser understood as students type it."""
        admitted(authorization)
        return Written(text=_writer().write(said.text))

    return routes


@cache
def _writer() -> Writer:
    return Writer(frozenset(json.loads(LEXICON.read_text(encoding="utf-8"))["code"]))


async def _unless_busy(worker: Worker, job: str, *arguments: Any) -> Any:
    """The job's result, or the refusal that says when to come back."""
    try:
        return await worker.do(job, *arguments)
    except VoiceBusy as error:
        headers = {"Retry-After": str(error.retry_after)}
        return JSONResponse(
            problems.document(error), error.status, headers, media_type=problems.MEDIA_TYPE
        )


async def _bounded(request: Request) -> bytes:
    """The body, read no further than its limit; raise RecordingTooLarge."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise RecordingTooLarge(MAX_BYTES)
    return bytes(body)
