"""Where Rasa keeps conversations: its SQL store, with the recent ones also held in memory.

Rasa's own store reads and replays a conversation's whole history for every message, and counts it
again to save. Here a tracker stays alive between two messages. The database remains the truth: a
held tracker is used only while its last stored event is still the newest one there, so that
another replica, a restart or a failed turn can never show an old state.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.component import remember, said_before

logger = logging.getLogger(__name__)
_HELD = 200  # conversations
_LONGEST = 2_000  # events; a longer conversation is read again, from its last session on


class LiveTrackerStore(SQLTrackerStore):
    """`tracker_store: type: bot.conversations.LiveTrackerStore` in endpoints.yml."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = self.SQLEvent.__table__
        columns = self._table.c
        self._newest = sa.select(sa.func.max(columns.id)).where(
            columns.sender_id == sa.bindparam("who")
        )
        self._held: OrderedDict[str, tuple[int, DialogueStateTracker]] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's latest session; a held tracker goes to one caller only."""
        last, tracker = self._held.pop(sender_id, (0, None))
        if tracker is not None and self._last_id(sender_id) == last:
            return tracker
        tracker = await super().retrieve(sender_id)
        if tracker is not None:
            tracker.stored_events = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events since the last save, in one transaction, and hold the tracker."""
        if not hasattr(tracker, "stored_events") and self._last_id(tracker.sender_id):
            await super().save(tracker)  # not one of ours: Rasa works out what is new
            return
        await self.stream_events(tracker)
        rows = list(self._rows(tracker))
        with self.engine.begin() as connection:
            if rows:
                connection.execute(sa.insert(self._table), rows)
            if self._was_erased(connection, tracker, len(rows)):
                connection.rollback()
                logger.info("a conversation was erased while a turn was under way")
                return
            last = connection.scalar(self._newest, {"who": tracker.sender_id})
        tracker.stored_events = len(tracker.events)
        self._hold(tracker, last or 0)
        # In a thread of its own: the reply goes out meanwhile, and the next parse is quicker.
        asyncio.get_running_loop().run_in_executor(None, remember, said_before(tracker))

    def _was_erased(self, connection: Any, tracker: DialogueStateTracker, new: int) -> bool:
        """Whether what this tracker was read from is there no more: nothing may bring it back.

        Asked after the insert, whose lock keeps an erasure from coming in between.
        """
        if not getattr(tracker, "stored_events", 0):
            return False
        mine = self._table.c.sender_id == tracker.sender_id
        older = sa.select(self._table.c.id).where(mine).limit(1).offset(new)
        return connection.scalar(older) is None

    def _rows(self, tracker: DialogueStateTracker) -> Iterator[dict[str, Any]]:
        known = getattr(tracker, "stored_events", 0)
        return (_row(tracker.sender_id, event) for event in islice(tracker.events, known, None))

    def _hold(self, tracker: DialogueStateTracker, last: int) -> None:
        if len(tracker.events) <= _LONGEST:
            self._held[tracker.sender_id] = (last, tracker)
        while len(self._held) > _HELD:
            self._held.popitem(last=False)

    def _last_id(self, sender_id: str) -> int:
        with self.engine.connect() as connection:
            return connection.scalar(self._newest, {"who": sender_id}) or 0


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """The columns of Rasa's own table, as Rasa fills them."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
