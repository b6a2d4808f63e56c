"""Rasa's tracker store as plain rows: whose conversations there are, and what was said in them.

Only read here, and without Rasa, so that the site process stays small.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.labelling.told import Told, turns_of
from bot.storage.tracker_events import EVENTS
from knowledge.errors import ConversationsUnreadable

_KINDS = ("user", "action", "bot")
_LATEST = 2_000  # events of one conversation that are looked at


class Conversations:
    """One tracker store. Every call raises ConversationsUnreadable when it cannot be read."""

    def __init__(self, url: str) -> None:
        self._url = sa.engine.make_url(url)
        # Read now and then by few: no connection is kept, so none has to be given back.
        self._engine = sa.create_engine(self._url, poolclass=sa.pool.NullPool)

    def newest(self) -> int:
        """The number of the last event; 0 when nobody has said anything yet."""
        with self._reading() as connection:
            return connection.scalar(sa.select(sa.func.max(EVENTS.c.id))) or 0

    def changed(self, since: int) -> list[str]:
        """The conversations with events after that number, in the order of these."""
        query = sa.select(EVENTS.c.sender_id).where(EVENTS.c.id > since)
        query = query.group_by(EVENTS.c.sender_id).order_by(sa.func.min(EVENTS.c.id))
        with self._reading() as connection:
            return list(connection.scalars(query))

    def present(self) -> set[str]:
        """All conversations that there are."""
        with self._reading() as connection:
            return set(connection.scalars(sa.select(EVENTS.c.sender_id).distinct()))

    def turns(self, conversation: str) -> tuple[Told, ...]:
        """The turns of one conversation, oldest first."""
        query = (
            sa.select(EVENTS.c.data)
            .where(EVENTS.c.sender_id == conversation, EVENTS.c.type_name.in_(_KINDS))
            .order_by(EVENTS.c.id.desc())
            .limit(_LATEST)
        )
        with self._reading() as connection:
            events = [json.loads(data) for data in connection.scalars(query)]
        return turns_of(reversed(events))

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        file = self._url.database or ""
        if self._url.get_backend_name() == "sqlite" and not Path(file).is_file():
            # Opening it would make an empty one, in which every conversation looks erased.
            raise ConversationsUnreadable("missing")
        try:
            with self._engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, ValueError) as error:
            raise ConversationsUnreadable(type(error).__name__) from error
