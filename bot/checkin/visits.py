"""Who was there when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import CheckInRow
from knowledge.storage import moments

_SHOWN = 5


@dataclass(frozen=True)
class Visit:
    """One check-in, by "photo" or by "button"."""

    how: str
    at: datetime


@dataclass(frozen=True)
class Visits:
    """The check-ins of students. Calls block."""

    database: DoorDatabase

    def note(self, subject: str, form_id: str, how: str) -> None:
        """Note a check-in; the same form again notes nothing."""
        values = {"subject": subject, "form_id": form_id, "how": how, "at": moments.now()}
        self.database.units.transact(lambda work: insert_new(work.session, CheckInRow, values))

    def latest(self, subject: str) -> list[Visit]:
        """The newest ones first."""
        rows = select(CheckInRow).where(CheckInRow.subject == subject)
        with self.database.units.read() as work:
            found = work.session.scalars(rows.order_by(CheckInRow.at.desc()).limit(_SHOWN))
            return [Visit(row.how, row.at) for row in found]

    def erase(self, subject: str) -> None:
        """Forget all check-ins of a student."""
        gone = delete(CheckInRow).where(CheckInRow.subject == subject)
        self.database.units.transact(lambda work: work.session.execute(gone))
