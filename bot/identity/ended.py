"""Which sign-ins have ended before their tokens expire: looked up once a second at most."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database import DoorDatabase
from bot.storage.tables import SignInRow
from knowledge.errors import ServiceBusy
from knowledge.storage import moments

logger = logging.getLogger(__name__)
_FRESH_SECONDS = 1.0
_PAUSE_SECONDS = 5.0  # before the database is asked again after it failed
# Ends are written with their own clock and seen when they are committed: some overlap misses none.
_OVERLAP = timedelta(seconds=60)


class EndedSignIns:
    """`id in ended`: a set in memory that one small query a second keeps current.

    A message costs no query; a sign-in that ends anywhere is refused here within about a second.
    While the database is away what is known counts, and tokens still expire by themselves.
    """

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database
        self._expiries: dict[str, datetime] = {}
        self._since: datetime | None = None
        self._next = 0.0
        self._looking = Lock()

    def __contains__(self, sign_in: str) -> bool:
        # While one thread looks the others use what is known; before the first look they wait.
        first = self._since is None
        if time.monotonic() >= self._next and self._looking.acquire(blocking=first):
            try:
                if time.monotonic() >= self._next:
                    self._look()
            finally:
                self._looking.release()
        return sign_in in self._expiries

    def note(self, sign_in: str, expires_at: datetime) -> None:
        """Refuse at once in this process what has just been ended here."""
        self._expiries[sign_in] = expires_at

    def _look(self) -> None:
        now = moments.now()
        try:
            ended = self._ended(now)
        except (ServiceBusy, SQLAlchemyError) as error:
            logger.warning("identity: ended sign-ins not looked up (%s)", type(error).__name__)
            self._next = time.monotonic() + _PAUSE_SECONDS
            return
        kept = {known: expiry for known, expiry in self._expiries.items() if expiry > now}
        self._expiries = {**kept, **ended}
        self._since = now - _OVERLAP
        self._next = time.monotonic() + _FRESH_SECONDS

    def _ended(self, now: datetime) -> dict[str, datetime]:
        query = select(SignInRow.id, SignInRow.expires_at).where(
            SignInRow.ended_at.is_not(None), SignInRow.expires_at > now
        )
        if self._since is not None:
            query = query.where(SignInRow.ended_at >= self._since)
        with self._database.units.read() as work:
            return {row.id: row.expires_at for row in work.session.execute(query)}
