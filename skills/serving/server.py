"""The job server: `POST /jobs`, `GET /jobs/{id}`, pictures, the list of skills. Light to start.

Browsers reach it too. A job's id cannot be guessed: who knows it may follow the job and see its
pictures. What concerns a conversation (whose jobs run, starting one for it, stopping one) needs a
service's token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from skills.errors import SkillError
from skills.serving.routes import job_routes, picture_routes, skill_routes
from skills.serving.runner import Runner
from skills.serving.telling import Notify, Telling

IsService = Callable[[str | None], bool]


def create_app(
    runner: Runner, uploads: Path, notify: Notify | None, is_service: IsService
) -> FastAPI:
    """The app; `notify` is told how late jobs get on, and of results that come too late for the
    asker. It must not wait: the next job does. `is_service` judges an `Authorization` header.
    """
    telling = None
    if notify is not None:
        telling = Telling(notify, lambda name: runner.cards[name].title)
        runner.watcher = telling

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
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
    app.include_router(skill_routes(runner.cards))
    app.include_router(job_routes(runner, uploads, telling, is_service))
    app.include_router(picture_routes(runner))
    return app


async def _problem(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, SkillError):
        raise error
    body: dict[str, Any] = {
        "type": f"https://quad.example/problems/{error.slug}",
        "title": error.slug.replace("-", " ").capitalize(),
        "status": error.status,
    }
    return JSONResponse(body, status_code=error.status, media_type="application/problem+json")
