"""Composition of an app for raters: sign-in, refusals, headers and limits around its pages."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from bot.identity.service import Identity
from bot.web.body_limit import BodyLimit
from bot.web.browser_cookies import Kept
from bot.web.headers import SecurityHeaders
from bot.web.review import problems
from bot.web.review.desk import Desk
from bot.web.review.sign_in import sign_in_routes


def create_review(
    identity: Identity, kept: Kept, title: str, pages: Sequence[APIRouter]
) -> FastAPI:
    """An app for raters, to be mounted at the path of its cookie, `kept`.

    Its pages depend on `Rater` and `Filled`.
    """
    app = FastAPI(title=f"Quad {title}", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(identity, kept, title)
    problems.install(app)
    for page in (sign_in_routes(), *pages):
        app.include_router(page)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    return app
