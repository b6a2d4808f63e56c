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
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware

from bot.identity import Gate, origins
from bot.identity.limits import Limits
from bot.identity.origins import allowed_origins
from bot.identity.provider import PATH as PROVIDER
from bot.identity.service import Identity
from bot.storage.database import DoorDatabase
from bot.web import (
    check_in,
    front,
    health,
    notes,
    reference,
    session,
    sign_in,
    slack_link,
    uploads,
    voice,
)
from bot.web.admin import create_admin
from bot.web.headers import SiteHeaders
from bot.web.label import create_label
from bot.web.limiting import AddressLimits
from bot.web.public_scheme import PublicScheme
from bot.web.rating import create_rating
from knowledge import logs
from knowledge.catalogue.meanings import Meanings
from knowledge.insights.name_watch import watch
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
    doors = DoorDatabase(units)
    identity = Identity.of(settings, doors)
    limits = Limits(settings.limits)
    listener = voice.listener(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        recorder.start()
        async with httpx.AsyncClient(timeout=1.0) as http:
            app.state.http = http
            yield
        await identity.close()
        recorder.close()
        listener.close()
        units.close()

    app = FastAPI(title="Quad", version="1.0.0", lifespan=lifespan, docs_url=None, redoc_url=None)
    problems.install(app)
    _mount_services(app, settings, units, identity.gate, recorder)
    _add_sign_in(app, settings, identity, limits, doors)
    for routes in (
        front.router(settings),
        health.router(settings),
        notes.router(identity.gate, doors),
        uploads.router(settings, identity.gate, limits),
        voice.router(settings, identity.gate, listener),
    ):
        app.include_router(routes)
    _mount_desks(app, settings, identity, units)
    app.mount("/static", StaticFiles(directory=_PAGE / "dist", check_dir=False), name="static")
    _surround(app, settings, limits)
    return app


def _mount_services(
    app: FastAPI, settings: Settings, units: UnitOfWork, gate: Gate, recorder: QuestionRecorder
) -> None:
    """Axess and ExploreCourses, with their reference pages."""
    axess = create_axess(units, gate.verify, settings.clock)
    add_planning(axess, units, gate.verify, settings.clock, settings.secret)
    meanings = Meanings.open(settings.var)
    explorecourses = create_explorecourses(units, meanings, recorder, gate.verify)
    described = {"": app, "/axess": axess, "/explorecourses": explorecourses}
    app.include_router(reference.router(described))
    app.mount("/axess", axess)
    app.mount("/explorecourses", explorecourses)


def _add_sign_in(
    app: FastAPI, settings: Settings, identity: Identity, limits: Limits, doors: DoorDatabase
) -> None:
    """Who one is: sessions, the university's sign-in (or our stand-in for it), Slack's link, the
    check-in.
    """
    app.include_router(session.router(identity))
    app.include_router(sign_in.router(identity))
    app.include_router(slack_link.router(settings, identity.gate, doors))
    app.include_router(check_in.router(settings, identity.gate, limits, doors))
    if identity.development:
        app.mount(PROVIDER, identity.provider(doors))


def _mount_desks(app: FastAPI, settings: Settings, identity: Identity, units: UnitOfWork) -> None:
    """The rooms of admins and raters."""
    app.mount("/admin", create_admin(settings, identity, units))
    app.mount("/label", create_label(settings, identity, units))
    app.mount("/rate", create_rating(identity, units))


def _surround(app: FastAPI, settings: Settings, limits: Limits) -> None:
    """What every request passes, from the inside out."""
    app.add_middleware(AddressLimits, limits=limits)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=allowed_origins(settings),
        allow_methods=origins.METHODS,
        allow_headers=origins.HEADERS,
        expose_headers=origins.EXPOSED,
        max_age=origins.PREFLIGHT_SECONDS,
    )
    app.add_middleware(SiteHeaders, settings=settings)
    app.add_middleware(PublicScheme, site_url=settings.site_url)


def main() -> int:
    """Prepare the database, then serve until told to stop."""
    names = logs.install()
    settings = Settings.from_env()
    watch(names, settings.database_url)
    units = UnitOfWork.at(settings.database_url)
    if prepare(units):
        logger.info("site: filled the database with the sample catalogue")
    logger.info("site: open http://localhost:%d/", settings.site_port)
    uvicorn.run(
        create_app(settings, units),
        host="0.0.0.0",  # noqa: S104 - behind the operator's own firewall
        port=settings.site_port,
        ws="none",  # sockets are the bot's
        proxy_headers=False,  # `bot.identity.addresses` reads them, from trusted proxies alone
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
