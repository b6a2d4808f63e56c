"""Whether a student wants notes at all, and where he was last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import ReachRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class LastSeen:
    """The door used last with its address; `door` is empty for who never wrote."""

    door: str
    address: Mapping[str, Any]
    wants_notes: bool
    time_zone: str | None = None


@dataclass(frozen=True)
class Preferences:
    """What students said about notes. Calls block."""

    database: DoorDatabase

    def seen(self, subject: str) -> LastSeen:
        """Where to find a student, and whether to."""
        with self.database.units.read() as work:
            row = work.session.get(ReachRow, subject)
            if row is None:
                return LastSeen("", {}, True)
            wanted = row.notes_off_at is None
            return LastSeen(row.door or "", row.address, wanted, row.time_zone)

    def want(self, subject: str, wanted: bool) -> None:
        """Turn notes on or off; what was off already keeps its moment."""
        now = moments.now()

        def act(work: Work) -> None:
            nowhere: dict[str, object] = {"door": None, "address": {}, "used_at": now}
            insert_new(work.session, ReachRow, {"subject": subject, **nowhere})
            mine = update(ReachRow).where(ReachRow.subject == subject)
            if wanted:
                work.session.execute(mine.values(notes_off_at=None))
            else:
                still_on = mine.where(ReachRow.notes_off_at.is_(None))
                work.session.execute(still_on.values(notes_off_at=now))

        self.database.units.transact(act)
