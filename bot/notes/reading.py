"""Turns new entries of the audit log into notes, each once, in one transaction with the mark."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlalchemy.orm import Session

from bot.notes.gaps import Gap, missed, still_open
from bot.notes.news import TELLING, news_of
from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import NoteRow, NotesProgressRow
from knowledge.storage import moments
from knowledge.storage.orm import AuditRow
from knowledge.storage.unit_of_work import Work

_ONLY = 1  # the one row of the mark
_BATCH = 500
_LOOKED_BACK = 1_000  # at the first start: what is there is old, what comes below it is not


class Reader:
    """Reads on from where any process has read to. Calls block."""

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database

    def read(self) -> int:
        """Make notes of all that is new; returns how many."""
        made = 0
        while self._anything_new():
            read, notes = self._database.units.transact(self._batch)
            made += notes
            if read < _BATCH:
                break
        return made

    def _anything_new(self) -> bool:
        """A glance without a write: there is a mark, and nothing beyond it or in its gaps."""
        with self._database.units.read() as work:
            mark = work.session.get(NotesProgressRow, _ONLY)
            if mark is None:
                return True
            gaps = [Gap.read(each) for each in mark.gaps]
            new = select(AuditRow.id).where(_unread(mark.read_up_to, gaps)).limit(1)
            return bool(gaps) or work.session.scalar(new) is not None

    def _batch(self, work: Work) -> tuple[int, int]:
        """One step: how many entries were read, how many notes were made."""
        session = work.session
        mark = self._mark(session)
        # Looked up before the entries: what ended by then is visible to them.
        now, (oldest, _) = moments.now(), _running(session)
        gaps = [Gap.read(each) for each in mark.gaps]
        unread = _unread(mark.read_up_to, gaps)
        numbers = session.scalars(
            select(AuditRow.id).where(unread).order_by(AuditRow.id).limit(_BATCH)
        ).all()
        notes = self._make(session, numbers)
        # And this one after them: who has taken a lower number has begun by now.
        ahead = missed(mark.read_up_to, numbers, _running(session)[1], now)
        gaps = [*still_open(gaps, numbers, oldest, now), *ahead]
        if session.connection().dialect.name != "postgresql":
            gaps = []  # SQLite has one writer at a time: numbers come in order
        mark.gaps = [gap.plain() for gap in gaps]
        mark.read_up_to = max([mark.read_up_to, *numbers])
        return len(numbers), notes

    def _mark(self, session: Session) -> NotesProgressRow:
        """The mark, held until the end; at the very first start it passes over the past."""
        found = session.get(NotesProgressRow, _ONLY, with_for_update=True)
        if found is not None:
            return found
        top = session.scalar(select(func.max(AuditRow.id))) or 0
        begin = max(0, top - _LOOKED_BACK)
        old = session.scalars(select(AuditRow.id).where(AuditRow.id > begin)).all()
        gaps = missed(begin, [*old, top + 1], _running(session)[1], moments.now())
        plain = [gap.plain() for gap in gaps]
        insert_new(session, NotesProgressRow, {"id": _ONLY, "read_up_to": top, "gaps": plain})
        return session.get_one(NotesProgressRow, _ONLY, with_for_update=True)

    @staticmethod
    def _make(session: Session, numbers: Sequence[int]) -> int:
        telling = select(AuditRow).where(AuditRow.id.in_(numbers), AuditRow.act.in_(TELLING))
        made = 0
        for entry in session.scalars(telling.order_by(AuditRow.id)).all():
            for each in news_of(session, entry):
                values = {
                    "audit_id": entry.id,
                    "subject": each.subject,
                    "facts": each.facts,
                    "made_at": moments.now(),
                    "tries": 0,
                }
                made += insert_new(session, NoteRow, values)
        return made


def _unread(read_up_to: int, gaps: list[Gap]) -> ColumnElement[bool]:
    """The condition of entries beyond the mark, or in one of the gaps below it."""
    inside = [and_(AuditRow.id >= gap.first, AuditRow.id <= gap.last) for gap in gaps]
    return or_(AuditRow.id > read_up_to, *inside)


def _running(session: Session) -> tuple[int, int]:
    """Ids of transactions: below the first none is running, from the second on none has begun."""
    if session.connection().dialect.name != "postgresql":
        return 0, 0
    query = text(
        "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint"
        " FROM pg_current_snapshot() AS s"
    )
    oldest, following = session.execute(query).one()
    return oldest, following
