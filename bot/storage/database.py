"""The database with the doors' tables in it."""

from __future__ import annotations

from functools import cache
from threading import Lock

from bot.storage import schema
from knowledge.storage.unit_of_work import UnitOfWork


class DoorDatabase:
    """Opens transactions on the doors' tables, which are made at the first use.

    Calls block; a door's event loop makes them in a thread (`asyncio.to_thread`).
    """

    def __init__(self, units: UnitOfWork) -> None:
        self._units = units
        self._ready = False
        self._making = Lock()

    @property
    def units(self) -> UnitOfWork:
        """The unit of work, once the tables are there."""
        with self._making:
            if not self._ready:
                schema.upgrade(self._units.engine)
                self._ready = True
        return self._units


@cache
def shared(url: str) -> DoorDatabase:
    """The one of this process: doors are made by Rasa one by one, and share their connections."""
    return DoorDatabase(UnitOfWork.at(url))
