"""What really happened: acts by Axess' audit log, messages by the conversations' record."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from bot.channels.ids import reply_id
from knowledge.storage.orm import AuditRow
from knowledge.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Record:
    """A conversation as it is kept: messages by the client's id, replies by theirs, texts."""

    heard: Counter[str]
    replies: list[str]
    texts: list[str]


def acts_of(units: UnitOfWork, suid: str) -> list[tuple[str, str]]:
    """A student's acts in order: what was done and to which record."""
    mine = sa.select(AuditRow.act, AuditRow.key).where(
        AuditRow.table == "enrollments", AuditRow.key.like(f"{suid}%")
    )
    with units.read() as work:
        return [(row.act, row.key) for row in work.session.execute(mine.order_by(AuditRow.id))]


def record_of(tracker_url: str, conversation: str) -> Record:
    """What Rasa's own table holds of a conversation."""
    engine = sa.create_engine(tracker_url)
    asked = sa.text("SELECT type_name, data FROM events WHERE sender_id = :who ORDER BY id")
    with engine.connect() as connection:
        rows = connection.execute(asked, {"who": conversation}).all()
    engine.dispose()
    heard, replies, texts, key, number = Counter[str](), list[str](), list[str](), "", 0
    for kind, data in rows:
        event = json.loads(data)
        if kind == "user":
            client = (event.get("metadata") or {}).get("client", {})
            heard[str(client.get("message_id"))] += 1
            key, number = str(event.get("message_id")), 0
        elif kind == "bot":
            replies.append(reply_id(key, number))
            texts.append(str(event.get("text")))
            number += 1
    return Record(heard, replies, texts)
