"""Composition of the labelling pages: one sub-app, to be mounted at `/label`."""

from __future__ import annotations

from fastapi import FastAPI

from bot.identity.service import Identity
from bot.labelling.collecting import Collector
from bot.labelling.tracker import Conversations
from bot.web.browser_cookies import LABEL
from bot.web.label import adjudicating, labelling, reporting
from bot.web.label.freshening import Freshening
from bot.web.label.room import Room
from bot.web.review import create_review
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


def create_label(settings: Settings, identity: Identity, units: UnitOfWork) -> FastAPI:
    """The labelling app on one database and one store of conversations."""
    pages = [labelling.routes, adjudicating.routes, reporting.routes]
    app = create_review(identity, LABEL, "Labelling", pages)
    url = settings.tracker_url
    fresh = Freshening(Collector(units, Conversations(url), url))
    app.state.room = Room(units, fresh)
    return app
