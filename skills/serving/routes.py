"""The job server's routes, by what they are about: skills, jobs, pictures."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from skills.errors import InputMissing, NotForYou, UnknownJob, UnknownSkill
from skills.protocol import SkillCard
from skills.serving import pictures
from skills.serving.jobs import RUNNING, Job
from skills.serving.runner import Runner
from skills.serving.telling import Telling, body

Authorization = Annotated[str | None, Header()]
_UPLOAD = re.compile(r"[0-9a-f]{32}")
_PASSING = {"Cache-Control": "no-store"}


class JobRequest(BaseModel):
    """Which skill to run, on what, and for which conversation (a service says so)."""

    model_config = ConfigDict(extra="forbid")
    skill: str
    upload: str | None = None  # for a single one
    uploads: list[str] = Field(default_factory=list, max_length=64)
    options: dict[str, Any] = Field(default_factory=dict)
    conversation: str = Field(default="", max_length=64)
    key: str = Field(default="", max_length=256)  # the same wish twice is one job


def skill_routes(cards: Mapping[str, SkillCard]) -> APIRouter:
    """What can be run."""
    routes = APIRouter()

    @routes.get("/health")
    async def health() -> dict[str, str]:
        """Whether the server is there; skills load when they are first run."""
        return {"status": "ok"}

    @routes.get("/skills")
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
            for card in cards.values()
            if card.listed
        ]

    return routes


def job_routes(
    runner: Runner,
    uploads: Path,
    telling: Telling | None,
    is_service: Callable[[str | None], bool],
) -> APIRouter:
    """Starting, following and stopping."""
    routes = APIRouter()

    def service(authorization: Authorization = None) -> None:
        if not is_service(authorization):
            raise NotForYou

    @routes.post("/jobs", status_code=202)
    async def start(wanted: JobRequest, authorization: Authorization = None) -> dict[str, Any]:
        """Queue a job."""
        if wanted.skill not in runner.cards:
            raise UnknownSkill(wanted.skill)
        if wanted.conversation:
            service(authorization)
        names = wanted.uploads or ([wanted.upload] if wanted.upload is not None else [])
        files = [_upload(uploads, name) for name in names]
        usual = runner.usual_seconds(wanted.skill)
        job = runner.submit(wanted.skill, files, wanted.options, wanted.conversation, wanted.key)
        return {**body(job), "usual_seconds": round(usual, 1)}

    @routes.get("/jobs", dependencies=[Depends(service)])
    async def of(conversation: str) -> list[dict[str, Any]]:
        """The jobs of a conversation that wait or run."""
        return [body(job) for job in runner.of(conversation)] if conversation else []

    @routes.get("/jobs/{job_id}")
    async def follow(
        job_id: str,
        wait: Annotated[float, Query(ge=0, le=30)] = 0.0,
        authorization: Authorization = None,
    ) -> dict[str, Any]:
        """How a job stands; `wait` holds the answer back until it has ended, at most so long.

        A service that waits tells its student the end; if it leaves before, the end is pushed.
        """
        job = runner.get(job_id)
        with suppress(TimeoutError):
            await asyncio.wait_for(job.finished.wait(), wait)
        if telling is not None and job.conversation and is_service(authorization):
            await _left(job, runner, telling)
        return body(job)

    @routes.delete("/jobs/{job_id}", dependencies=[Depends(service)])
    async def cancel(job_id: str, forget: bool = False) -> dict[str, Any]:
        """Stop a job that waits or runs; of one that has ended nothing changes, unless it is to be
        forgotten with its result and its pictures.
        """
        job = runner.get(job_id)
        stopped = runner.cancel(job)
        if stopped:
            await job.finished.wait()
        if forget:
            runner.settled(job.id)
            runner.forget(job)
        return {**body(job), "stopped": stopped}

    return routes


async def _left(job: Job, runner: Runner, telling: Telling) -> None:
    if not job.finished.is_set():
        await telling.gone(job)
    elif not job.late:
        job.delivered = True
        runner.settled(job.id)


def picture_routes(runner: Runner) -> APIRouter:
    """What jobs have to show."""
    routes = APIRouter()

    @routes.get("/jobs/{job_id}/pictures/{number}")
    async def picture(job_id: str, number: int) -> FileResponse:
        """A picture of a finished job, as long as it is kept: also after a restart."""
        found = pictures.find(runner.folder_of(job_id), str(number))
        if found is None:
            raise UnknownJob(job_id)
        path, kind = found
        return FileResponse(path, media_type=kind)

    @routes.get("/jobs/{job_id}/progress/{number}")
    async def progress(job_id: str, number: int) -> FileResponse:
        """The newest picture of a run under way, whichever number is asked for."""
        job = runner.get(job_id)
        found = pictures.newest(job.folder) if job.state == RUNNING else None
        if found is None:
            raise UnknownJob(job_id)
        path, kind = found
        return FileResponse(path, media_type=kind, headers=_PASSING)

    return routes


def _upload(uploads: Path, name: str) -> Path:
    """The uploaded file; ids are ours, so anything else cannot be one."""
    if not _UPLOAD.fullmatch(name) or not (uploads / name).is_file():
        raise InputMissing
    return uploads / name
