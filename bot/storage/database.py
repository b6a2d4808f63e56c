"""The database with the doors' tables in it."""

from __future__ import annotations

from functools import cache

from bot.storage.migrating import MigratedDatabase
from bot.storage.schema import MIGRATIONS
from knowledge.storage.unit_of_work import UnitOfWork


class DoorDatabase(MigratedDatabase):
    """Opens transactions on the doors' tables.

    Calls block; a door's event loop makes them in a thread (`asyncio.to_thread`).
    """

    def __init__(self, units: UnitOfWork) -> None:
        super().__init__(units, MIGRATIONS)


@cache
def shared(url: str) -> DoorDatabase:
    """The one of this process: doors are made by Rasa one by one, and share their connections."""
    return DoorDatabase(UnitOfWork.at(url))
