"""The inbox: everything Slack sent and was answered with 2xx, until it is done.

It stands in the shared database, so that a crash loses nothing, a resend finds its key taken and
several processes share the work. A letter is claimed for `LEASE`; whoever works on it renews the
claim, so a claim that has grown old was left by a crash and the letter is taken again. All calls
block: the door makes them in threads of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.channels.slack.envelopes import Envelope
from bot.channels.slack.sealing import Sealing, Unopenable
from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import SlackEventRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

LEASE = timedelta(seconds=45)
KEPT = timedelta(days=2)  # done letters, to know resends by; Slack gives up after two hours
MOST_TRIES = 6
FIRST_PAUSE = timedelta(seconds=1)  # after a failed try, doubled each time


@dataclass(frozen=True)
class Letter:
    """A claimed letter: `body` as Slack sent it, `progress` what an earlier try got done."""

    key: str
    body: dict[str, Any]
    progress: dict[str, Any]
    tries: int  # this one included
    claimed_at: datetime


class TakenOver(Exception):
    """The claim grew old and somebody else works on the letter: leave it to them."""


class Inbox:
    """Puts in, claims, settles."""

    def __init__(
        self,
        database: DoorDatabase,
        sealing: Sealing,
        lease: timedelta = LEASE,
        first_pause: timedelta = FIRST_PAUSE,
    ) -> None:
        self._database = database
        self._sealing = sealing
        self.lease = lease
        self._pause = first_pause

    def put(self, envelope: Envelope, body: Mapping[str, Any]) -> bool:
        """Keep a letter; False when it is there already (a resend, or the same told twice)."""
        now = moments.now()
        values = {
            "key": envelope.key,
            "lane": _hashed(envelope.lane),
            "said_at": envelope.said_at or now.timestamp(),
            "sealed": self._sealing.seal({"body": body, "progress": {}}),
            "received_at": now,
            "claimed_at": None,
            "tries": 0,
            "done_at": None,
        }
        units = self._database.units
        return units.transact(lambda work: insert_new(work.session, SlackEventRow, values))

    def claim(self, most: int) -> list[Letter]:
        """The next letters, the earliest said first and only one of a lane; they are ours now."""
        now = moments.now()
        with self._database.units.read() as work:  # mostly there is nothing, and nothing is locked
            if work.session.execute(self._ready(now).limit(1)).first() is None:
                return []

        def act(work: Work) -> list[tuple[str, bytes, int]]:
            # PostgreSQL passes over what another process takes just now; SQLite has one writer.
            free = self._ready(now).limit(most).with_for_update(skip_locked=True)
            ready = work.session.execute(free).all()
            return [row for key, lane in ready if (row := self._take(work, key, now)) is not None]

        taken = self._database.units.transact(act)
        return [letter for row in taken if (letter := self._opened(row, now)) is not None]

    def _ready(self, now: datetime) -> Select[tuple[str, str]]:
        row, other = SlackEventRow, aliased(SlackEventRow)
        before = or_(
            other.said_at < row.said_at, and_(other.said_at == row.said_at, other.key < row.key)
        )
        held = other.claimed_at >= now - self.lease
        in_the_way = and_(
            other.lane == row.lane, other.done_at.is_(None), other.key != row.key, or_(before, held)
        )
        free = self._free(now)
        chosen = select(row.key, row.lane).where(
            row.done_at.is_(None), free, ~exists().where(in_the_way)
        )
        return chosen.order_by(row.said_at, row.key)

    def _free(self, now: datetime) -> ColumnElement[bool]:
        claimed_at = SlackEventRow.claimed_at
        return or_(claimed_at.is_(None), claimed_at < now - self.lease)

    def _take(self, work: Work, key: str, now: datetime) -> tuple[str, bytes, int] | None:
        row = SlackEventRow
        mine = update(row).where(row.key == key, row.done_at.is_(None), self._free(now))
        taking = mine.values(claimed_at=now, tries=row.tries + 1)
        found = work.session.execute(taking.returning(row.key, row.sealed, row.tries)).first()
        return None if found is None else (found[0], found[1], found[2])

    def _opened(self, row: tuple[str, bytes, int], now: datetime) -> Letter | None:
        key, sealed, tries = row
        try:
            opened = self._sealing.open(sealed)
        except Unopenable:
            self.settle(key)  # QUAD_SECRET was changed: nobody can read it any more
            return None
        return Letter(key, opened["body"], opened["progress"], tries, now)

    def note(self, letter: Letter, progress: Mapping[str, Any]) -> None:
        """Remember how far the letter got and renew the claim; raise TakenOver."""
        letter.progress.update(progress)
        sealed = self._sealing.seal({"body": letter.body, "progress": letter.progress})
        mine = SlackEventRow.tries == letter.tries
        if not self._change(letter.key, mine, sealed=sealed, claimed_at=moments.now()):
            raise TakenOver

    def renew(self, key: str) -> bool:
        """Work on it goes on."""
        return self._change(key, claimed_at=moments.now())

    def settle(self, key: str) -> None:
        """It is done, or given up; only its key stays for a while."""
        self._change(key, sealed=None, claimed_at=None, done_at=moments.now())

    def release(self, letter: Letter) -> None:
        """It failed: to be tried again after a pause that grows with the tries."""
        pause = self._pause * 2 ** (letter.tries - 1)
        # A claim that ends when the pause is over; until then nothing later of its lane is handled.
        self._change(letter.key, claimed_at=moments.now() - self.lease + pause)

    def forget_old(self) -> None:
        """Drop the keys of letters that were done long ago."""
        stale = delete(SlackEventRow).where(SlackEventRow.done_at < moments.now() - KEPT)
        self._database.units.transact(lambda work: work.session.execute(stale))

    def waiting(self) -> int:
        """How many letters are not done."""
        undone = select(SlackEventRow.key).where(SlackEventRow.done_at.is_(None))
        with self._database.units.read() as work:
            return len(work.session.scalars(undone).all())

    def _change(self, key: str, *further: ColumnElement[bool], **values: Any) -> bool:
        row = SlackEventRow
        undone = update(row).where(row.key == key, row.done_at.is_(None), *further)
        change = undone.values(**values)
        changed = self._database.units.transact(
            lambda work: work.session.execute(change.returning(row.key)).first()
        )
        return changed is not None


def _hashed(lane: str) -> str:
    return hashlib.sha256(lane.encode()).hexdigest()
