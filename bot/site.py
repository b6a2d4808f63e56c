"""Composition root of the site process: chat page, sign-in, admin, rating, health, the two APIs."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from bot.identity import Gate
from bot.web import health, sign_in, uploads, voice
from bot.web.admin import create_admin
from bot.web.label import create_label
from bot.web.rating import create_rating
from knowledge.catalogue.meanings import Meanings
from knowledge.insights.questions import QuestionRecorder
from knowledge.mocks import problems
from knowledge.mocks.axess import create_axess
from knowledge.mocks.axess_plan import add_planning
from knowledge.mocks.explorecourses import create_explorecourses
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
_PAGE = Path(__file__).parent / "web"


def create_app(settings: Settings, units: UnitOfWork) -> FastAPI:
    """The site on one database, which must be prepared."""

    recorder = QuestionRecorder(units)
    listener = voice.listener(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        recorder.start()
        async with httpx.AsyncClient(timeout=1.0) as http:
            app.state.http = http
            yield
        recorder.close()
        listener.close()
        units.close()

    app = FastAPI(title="Quad", version="1.0.0", lifespan=lifespan)
    problems.install(app)
    gate = Gate(settings.secret)
    axess = create_axess(units, gate.verify, settings.clock)
    add_planning(axess, units, gate.verify, settings.clock, settings.secret)
    app.mount("/axess", axess)
    meanings = Meanings.open(settings.var)
    app.mount("/explorecourses", create_explorecourses(units, meanings, recorder, gate.verify))
    app.include_router(health.router(settings))
    app.include_router(sign_in.router(settings, gate, units))
    app.include_router(uploads.router(settings, gate))
    app.include_router(voice.router(settings, gate, listener))
    app.mount("/admin", create_admin(settings, gate, units))
    app.mount("/label", create_label(settings, gate, units))
    app.mount("/rate", create_rating(gate, units))
    app.mount("/static", StaticFiles(directory=_PAGE / "dist", check_dir=False), name="static")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(_PAGE / "chat.html", headers={"Cache-Control": "no-cache"})

    return app


def main() -> int:
    """Prepare the database, then serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    settings = Settings.from_env()
    units = UnitOfWork.at(settings.database_url)
    if prepare(units):
        logger.info("site: filled the database with the sample catalogue")
    logger.info("site: open http://localhost:%d/", settings.site_port)
    uvicorn.run(
        create_app(settings, units),
        host="0.0.0.0",  # noqa: S104 - behind the operator's own firewall
        port=settings.site_port,
        ws="none",  # sockets are the bot's
        log_level="warning",
        access_log=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
