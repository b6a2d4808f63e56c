"""The job server: `POST /jobs`, `GET /jobs/{id}`, pictures, the list of skills. Light to start."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from skills.errors import InputMissing, SkillError, UnknownJob, UnknownSkill
from skills.registry import CARDS
from skills.serving.events import JobEvent
from skills.serving.runner import Job, Runner

Notify = Callable[[JobEvent], Awaitable[None]]
_UPLOAD = re.compile(r"[0-9a-f]{32}")
_LATE_SECONDS = 1.5  # an asker waits this long; only later results are pushed


class JobRequest(BaseModel):
    """Which skill to run, on what, and for which conversation."""

    model_config = ConfigDict(extra="forbid")
    skill: str
    upload: str | None = None  # for a single one
    uploads: list[str] = Field(default_factory=list, max_length=64)
    options: dict[str, Any] = Field(default_factory=dict)
    conversation: str = ""
    callback_token: str = ""


def create_app(runner: Runner, uploads: Path, notify: Notify | None) -> FastAPI:
    """The app; `notify` is told how late jobs get on, and of results that come too late for the
    asker. It must not wait: the next job does.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        runner.watcher = _watcher(notify) if notify is not None else None
        work = asyncio.create_task(runner.work())
        yield
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    # The interactive pages would load scripts from elsewhere; `/openapi.json` tells the same.
    app = FastAPI(
        title="Quad skills", version="1.0.0", lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.add_exception_handler(SkillError, _problem)
    _add_routes(app, runner, uploads)
    return app


def _add_routes(app: FastAPI, runner: Runner, uploads: Path) -> None:
    @app.get("/health")
    async def health() -> dict[str, str]:
        """Whether the server is there; skills load when they are first run."""
        return {"status": "ok"}

    @app.get("/skills")
    async def skills() -> list[dict[str, Any]]:
        """The cards of all skills."""
        return [
            {
                "name": card.name,
                "title": card.title,
                "lecture": card.lecture,
                "description": card.description,
                "aliases": list(card.aliases),
                "input": card.input.value,
                "at_least": card.at_least,
                "at_most": card.at_most,
                "asks": card.asks,
            }
            for card in CARDS.values()
            if card.listed
        ]

    @app.post("/jobs", status_code=202)
    async def start(wanted: JobRequest) -> dict[str, Any]:
        """Queue a job."""
        if wanted.skill not in CARDS:
            raise UnknownSkill(wanted.skill)
        names = wanted.uploads or ([wanted.upload] if wanted.upload is not None else [])
        files = [_upload(uploads, name) for name in names]
        usual = runner.usual_seconds(wanted.skill, CARDS[wanted.skill].usual_seconds)
        job = runner.submit(
            wanted.skill, files, wanted.options, wanted.conversation, wanted.callback_token
        )
        return {**_body(job), "usual_seconds": round(usual, 1)}

    @app.get("/jobs/{job_id}")
    async def follow(
        job_id: str, wait: Annotated[float, Query(ge=0, le=30)] = 0.0
    ) -> dict[str, Any]:
        """How a job stands; `wait` holds the answer back until it has ended, at most so long."""
        job = runner.get(job_id)
        with suppress(TimeoutError):
            await asyncio.wait_for(job.finished.wait(), wait)
        return _body(job)

    @app.get("/jobs/{job_id}/pictures/{number}")
    async def picture(job_id: str, number: int) -> FileResponse:
        """A picture of a finished job."""
        job = runner.get(job_id)
        if number not in job.result.get("pictures", ()):
            raise UnknownJob(job_id)
        return FileResponse(runner.picture(job, number), media_type="image/png")


def _upload(uploads: Path, name: str) -> Path:
    """The uploaded file; ids are ours, so anything else cannot be one."""
    if not _UPLOAD.fullmatch(name) or not (uploads / name).is_file():
        raise InputMissing
    return uploads / name


def _body(job: Job) -> dict[str, Any]:
    result = {**job.result, "pictures": _paths(job)} if job.state == "done" else None
    return {
        "id": job.id,
        "skill": job.task.skill,
        "state": job.state,
        "progress": job.progress,
        "result": result,
        "error": {"slug": job.error} if job.error else None,
    }


def _paths(job: Job) -> list[str]:
    return [f"/jobs/{job.id}/pictures/{number}" for number in job.result.get("pictures", ())]


def _watcher(notify: Notify) -> Callable[[Job], Awaitable[None]]:
    async def watch(job: Job) -> None:
        if time.time() - job.created < _LATE_SECONDS:
            return  # the asker is still waiting and shows the result itself
        event = JobEvent(
            job_id=job.id,
            skill=CARDS[job.task.skill].title,
            conversation=job.conversation,
            callback_token=job.callback_token,
            state=job.state,
            progress=job.progress,
            text=str(job.result.get("text", "")),
            pictures=tuple(_paths(job)) if job.state == "done" else (),
            error=job.error,
            name=job.task.skill,
        )
        await notify(event)

    return watch


async def _problem(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, SkillError):
        raise error
    body = {
        "type": f"https://quad.example/problems/{error.slug}",
        "title": error.slug.replace("-", " ").capitalize(),
        "status": error.status,
    }
    return JSONResponse(body, status_code=error.status, media_type="application/problem+json")
