"""Composition of the rating pages."""

from __future__ import annotations

from fastapi import FastAPI

from bot.evaluation.storage.store import RatingStore
from bot.identity.service import Identity
from bot.web.browser_cookies import RATE
from bot.web.rating import pages, pairs
from bot.web.review import create_review
from knowledge.storage.unit_of_work import UnitOfWork


def create_rating(identity: Identity, units: UnitOfWork) -> FastAPI:
    """The rating app on one database; to be mounted at `/rate`."""
    app = create_review(identity, RATE, "Rating", (pages.routes, pairs.routes))
    app.state.store = RatingStore(units)
    return app
