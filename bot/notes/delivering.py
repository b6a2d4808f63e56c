"""The deliverer: reads the audit log, finds each student's door, and keeps trying for a while.

It runs in the bot process, beside the doors. With several replicas each note is claimed by one; a
replica that dies in the middle leaves a claim that grows old, and the next one tells it under the
same message id, by which the door and the conversation's record know what was shown already.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

from actions.texts import Texts
from bot.notes.news import still_true
from bot.notes.preferring import Preferences
from bot.notes.queue import Note, NoteQueue, Outcome
from bot.notes.reading import Reader
from bot.notes.wording import message
from bot.storage.database import DoorDatabase

logger = logging.getLogger(__name__)
PERIOD = 1.0  # seconds between two looks at the log
_LONGEST_WAIT = 30.0
TRIES_AT_DOOR = 6  # about two and a half minutes in all; then the note is kept for the next visit
TRIES = 12


class Teller(Protocol):
    """What the doors offer (bot/channels/telling.py)."""

    async def tell(
        self, subject: str, door: str, address: Mapping[str, Any], note: Mapping[str, Any]
    ) -> bool:
        """Through that door and into the record; False when it cannot be reached for good."""

    async def keep(self, subject: str, note: Mapping[str, Any]) -> None:
        """Into the web conversation's record, where the student finds it."""


class Deliverer:
    """Delivers until it is stopped."""

    def __init__(self, database: DoorDatabase, texts: Texts, teller: Teller) -> None:
        self._database = database
        self._reader = Reader(database)
        self._queue = NoteQueue(database)
        self._preferences = Preferences(database)
        self._texts = texts
        self._teller = teller
        self._running: asyncio.Task[None] | None = None

    def start(self, period: float = PERIOD) -> None:
        """Begin; needs a running event loop."""
        self._running = asyncio.create_task(self._run(period))

    async def stop(self) -> None:
        """End; a note in the middle of being told is claimed again when its lease is over."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def _run(self, period: float) -> None:
        failures = 0
        while True:
            try:
                await self.step()
                failures = 0
            except Exception as error:  # the database is away, or not made yet: it will be there
                failures += 1
                logger.warning("notes: a step failed: %s", type(error).__name__)
            await asyncio.sleep(min(period * 2 ** min(failures, 10), _LONGEST_WAIT))

    async def step(self) -> int:
        """Read what is new and deliver what is due; how many notes were looked at."""
        await asyncio.to_thread(self._reader.read)
        notes = await asyncio.to_thread(self._queue.claim)
        for note in notes:
            await self._deliver(note)
        return len(notes)

    async def _deliver(self, note: Note) -> None:
        try:
            outcome = await self._outcome(note)
        except Exception as error:
            logger.warning("notes: try %d failed: %s", note.tries, type(error).__name__)
            if note.tries < TRIES:
                await asyncio.to_thread(self._queue.postpone, note)
                return
            outcome = Outcome.GIVEN_UP
        await asyncio.to_thread(self._queue.settle, note, outcome)
        logger.info("notes: %s %s", note.facts.get("kind"), outcome.value)

    async def _outcome(self, note: Note) -> Outcome:
        seen = await asyncio.to_thread(self._preferences.seen, note.subject)
        if not seen.wants_notes:
            return Outcome.UNWANTED
        if not seen.door:
            return Outcome.UNREACHABLE
        if not await asyncio.to_thread(self._still_true, note):
            return Outcome.OUTDATED
        told = {**message(self._texts, note, seen.time_zone), "about": note.facts}
        within_reach = note.tries <= TRIES_AT_DOOR
        if within_reach and await self._teller.tell(note.subject, seen.door, seen.address, told):
            return Outcome.TOLD
        await self._teller.keep(note.subject, told)
        return Outcome.KEPT

    def _still_true(self, note: Note) -> bool:
        with self._database.units.read() as work:
            return still_true(work.session, note.subject, note.facts)
