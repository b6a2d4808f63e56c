"""Composition of an app for raters: sign-in, refusals, headers and limits around its pages."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from bot.identity import Gate
from bot.web.body_limit import BodyLimit
from bot.web.headers import SecurityHeaders
from bot.web.review import problems, sign_in
from bot.web.review.desk import Desk


def create_review(gate: Gate, path: str, title: str, pages: Sequence[APIRouter]) -> FastAPI:
    """An app for raters, to be mounted at `path`; its pages depend on `Rater` and `Filled`."""
    app = FastAPI(title=f"Quad {title}", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(gate, path, title)
    problems.install(app)
    for page in (sign_in.routes, *pages):
        app.include_router(page)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    return app
