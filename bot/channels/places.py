"""Which door a conversation is held through, for what comes late: a finished skill, its progress.

Kept in memory, of visitors too; after a restart a student's is found where notes look for it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from bot.storage.database import DoorDatabase
from bot.storage.tables import ReachRow

_REMEMBERED = 10_000
_CONVERSATION = "conversation"


@dataclass(frozen=True)
class Reach:
    """Where a student can be told something: the door's name and the address behind it.

    An address names its `conversation`, if what is told there shall stand in its record.
    """

    door: str
    address: Mapping[str, Any]
    time_zone: str | None = None


class Places:
    """The latest conversations with their doors, the oldest forgotten first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Reach] = OrderedDict()

    def put(self, reach: Reach) -> None:
        """This conversation has just been used."""
        conversation = reach.address.get(_CONVERSATION)
        if isinstance(conversation, str):
            self._known[conversation] = reach
            self._known.move_to_end(conversation)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def find(self, conversation: str) -> Reach | None:
        """Its door, if this process has seen it."""
        return self._known.get(conversation)


def kept(database: DoorDatabase, conversation: str) -> Reach | None:
    """The same from the doors' table: of the student who used this conversation last. Blocks."""
    named = ReachRow.address[_CONVERSATION].as_string() == conversation
    with database.units.read() as work:
        row = work.session.scalars(select(ReachRow).where(named).limit(1)).first()
    return Reach(row.door, row.address, row.time_zone) if row is not None and row.door else None


@cache
def shared_places() -> Places:
    """The one of this process: each door is made by Rasa alone, and all fill the same."""
    return Places()
