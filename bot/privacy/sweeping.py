"""What has grown older than the retention time is removed, in small transactions.

A sweep may be ended at any moment and begun again; two at once do each other no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.privacy.files import remove
from bot.privacy.held import AGED_ONLY, HELD, Held
from bot.privacy.stores import Stores
from bot.storage.tracker_events import EVENTS
from knowledge.storage import moments
from knowledge.storage.label_queue import LabelQueue
from knowledge.storage.unit_of_work import UnitOfWork, Work

BATCH = 500  # rows of one transaction: nobody waits long for it
_FOLDERS = ("uploads", "jobs")


@dataclass
class Swept:
    """How many entries of each part were too old."""

    gone: dict[str, int] = field(default_factory=dict)


def sweep(stores: Stores, retention_days: int, now: datetime | None = None) -> Swept:
    """One pass; `now` is UTC without a zone. Raise ServiceBusy: what is left goes next time."""
    before = (now or moments.now()) - timedelta(days=retention_days)
    done = Swept()
    for held in (*HELD, *AGED_ONLY):
        if held.ages is not None:
            done.gone[held.name] = _rows(stores.units, held, before)
    gone = _ended(stores, before)
    for conversation in gone:  # also out of the queue of what is labelled
        stores.units.transact(partial(_unlabel, conversation))
    done.gone["conversations"] = len(gone)
    done.gone["events"] = _past(stores, before)
    done.gone["files"] = _files(stores.files.var, before)
    return done


def _rows(units: UnitOfWork, held: Held, before: datetime) -> int:
    assert held.ages is not None
    key = tuple(held.row.__table__.primary_key)
    old = held.ages < before
    if held.spared is not None:
        old &= ~held.spared
    chosen = sa.select(*key).where(old).limit(BATCH)

    def act(work: Work) -> int:
        keys = [tuple(row) for row in work.session.execute(chosen)]
        work.session.execute(sa.delete(held.row).where(sa.tuple_(*key).in_(keys)))
        return len(keys)

    return _until_few(lambda: units.transact(act))


def _ended(stores: Stores, before: datetime) -> list[str]:
    """Delete the conversations in which nobody has said anything since then; their ids."""
    moment = before.replace(tzinfo=UTC).timestamp()
    newest = sa.func.max(EVENTS.c.timestamp)
    quiet = sa.select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(newest < moment)
    found = [row[0] for row in stores.transcripts.read(quiet)]
    for first in range(0, len(found), BATCH):
        stores.transcripts.erase(found[first : first + BATCH])
    return found


def _past(stores: Stores, before: datetime) -> int:
    """Delete old events of conversations that go on, but for the session that is open.

    Rasa replays a conversation from its last session on; what came before only history shows.
    """
    moment = before.replace(tzinfo=UTC).timestamp()
    begun = EVENTS.alias("begun")
    session = (
        sa.select(sa.func.max(begun.c.id))
        .where(begun.c.sender_id == EVENTS.c.sender_id, begun.c.type_name == "session_started")
        .correlate(EVENTS)
        .scalar_subquery()
    )
    chosen = (
        sa.select(EVENTS.c.id).where(EVENTS.c.timestamp < moment, EVENTS.c.id < session)
    ).limit(BATCH)

    def act(connection: sa.Connection) -> sa.CursorResult[Any]:
        numbers = [row[0] for row in connection.execute(chosen)]
        return connection.execute(sa.delete(EVENTS).where(EVENTS.c.id.in_(numbers)))

    return _until_few(lambda: stores.transcripts.write(act))


def _until_few(step: Callable[[], int]) -> int:
    """Repeat a batch until one is not full; how many rows in all."""
    total, last = 0, BATCH
    while last >= BATCH:
        last = step()
        total += last
    return total


def _unlabel(conversation: str, work: Work) -> int:
    return LabelQueue(work.session).erase(conversation)


def _files(var: Path, before: datetime) -> int:
    """Uploads and pictures that old, which their own services should have removed long ago."""
    moment = before.replace(tzinfo=UTC).timestamp()
    folders = (var / name for name in _FOLDERS)
    paths = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    old = [path for path in paths if path.stat().st_mtime < moment]
    for path in old:
        remove(path)
    return len(old)
