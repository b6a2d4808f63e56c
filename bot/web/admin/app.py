"""Composition of the admin pages: one sub-app with its own errors, headers and limits."""

from __future__ import annotations

from fastapi import FastAPI

from bot.identity.service import Identity
from bot.web.admin import (
    audit,
    courses,
    dashboard,
    exports,
    imports,
    petitions,
    prerequisites,
    problems,
    questions,
    sections,
    sign_in,
    students,
    terms,
)
from bot.web.admin.desk import Desk
from bot.web.admin.figure_cache import FigureCache
from bot.web.admin.jobs import ImportJobs
from bot.web.body_limit import BodyLimit
from bot.web.browser_cookies import ADMIN
from bot.web.headers import SecurityHeaders
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

_PAGES = (
    sign_in,
    dashboard,
    courses,
    prerequisites,
    sections,
    terms,
    students,
    petitions,
    imports,
    exports,
    audit,
    questions,
)


def create_admin(settings: Settings, identity: Identity, units: UnitOfWork) -> FastAPI:
    """The admin app on one database; to be mounted at `/admin`."""
    app = FastAPI(title="Quad admin", docs_url=None, redoc_url=None, openapi_url=None)
    jobs = ImportJobs(units, settings.var / "admin_imports", settings.clock)
    app.state.desk = Desk(identity, ADMIN, settings, units, jobs, FigureCache())
    problems.install(app)
    for page in _PAGES:
        app.include_router(page.routes)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    return app
