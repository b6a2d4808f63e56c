"""The place of every conversation in Slack: for threads that go on, and for late results."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.channels.slack.places import Place
from bot.storage.database import DoorDatabase
from bot.storage.tables import SlackPlaceRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

_REMEMBERED = 10_000
_FRESH = timedelta(days=1)
_KEPT = timedelta(days=90)  # a thread that slept for longer needs a mention again


class Addresses:
    """Keeps places by conversation. Calls block."""

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database
        self._known: OrderedDict[str, tuple[Place, datetime]] = OrderedDict()

    def used(self, conversation: str, place: Place) -> None:
        """This conversation takes place there; what is known writes nothing for a day."""
        now, place = moments.now(), replace(place, response_url=None)
        known, since = self._known.get(conversation, (None, now))
        if known == place and now - since < _FRESH:
            return
        row = {
            "conversation": conversation,
            "team_id": place.team,
            "user_id": place.user,
            "lane": _hashed(place.lane),
            "address": place.as_json(),
            "used_at": now,
        }

        def act(work: Work) -> None:
            work.session.merge(SlackPlaceRow(**row))
            work.session.execute(delete(SlackPlaceRow).where(SlackPlaceRow.used_at < now - _KEPT))

        self._database.units.transact(act)
        self._known[conversation] = (place, now)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def place(self, conversation: str) -> Place | None:
        """Where a conversation takes place; None when it is none of ours."""
        with self._database.units.read() as work:
            row = work.session.get(SlackPlaceRow, conversation)
            return None if row is None else Place.from_json(row.address)

    def goes_on(self, place: Place) -> bool:
        """Whether Quad has spoken with this user in this thread."""
        here = SlackPlaceRow.lane == _hashed(place.lane)
        with self._database.units.read() as work:
            return (
                work.session.scalars(select(SlackPlaceRow.conversation).where(here)).first()
                is not None
            )


def _hashed(lane: str) -> str:
    return hashlib.sha256(lane.encode()).hexdigest()
